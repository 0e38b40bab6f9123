// The same with nothing but fetch: the POST that ends in [DONE].
const { BASE_URL, KEY, MODEL } = process.env
const answer = await fetch(`${BASE_URL}/chat/completions`, {
  method: "POST",
  headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
  body: JSON.stringify({
    model: MODEL,
    stream: true,
    max_tokens: 4,
    messages: [{ role: "user", content: "hello" }],
  }),
})
const text = await answer.text()
console.log(answer.ok ? (text.trimEnd().endsWith("data: [DONE]") ? "finished" : text) : answer.status)
