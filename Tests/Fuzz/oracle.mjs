// Holds what our readers made of files against Node's own:
//
//   Fuzz answers scanner FILE... | node oracle.mjs scanner FILE...
import { readFileSync } from "node:fs"

const [target, ...files] = process.argv.slice(2)
const answers = readFileSync(0, "utf8").split("\n")
let differences = 0

function scanner(bytes, answer) {
  let text
  try {
    // Bytes that are no UTF-8 are no JSON for us; Node would put U+FFFD in.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return answer === "-"
  }
  let value
  try {
    value = JSON.parse(text)
  } catch {
    return answer === "-"
  }
  return answer === "-" ? isTooDeep(text) : normal(JSON.parse(answer)) === normal(value)
}

// A value of ours is a text, which holds no half of a pair: its three bytes are U+FFFD each.
function normal(value) {
  return JSON.stringify(value).replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, part =>
    part === "\\\\" ? part : "\ufffd\ufffd\ufffd")
}

// What is nested deeper than the limit is refused.
function isTooDeep(text) {
  let [depth, deepest] = [0, 0]
  for (const part of text.match(/"(\\.|[^"\\])*"|[[\]{}]/gs) ?? []) {
    if (part === "[" || part === "{") deepest = Math.max(deepest, ++depth)
    if (part === "]" || part === "}") depth--
  }
  return deepest > 1000
}

function url(bytes, answer) {
  const text = new TextDecoder().decode(bytes)
  const ours = JSON.parse(answer)
  // Hosts beyond ASCII need tables that are not ours.
  if (/[^\0-\x7f]|xn--/i.test(text) || /%[89a-f][0-9a-f]/i.test(text)) return true
  let theirs = null
  try {
    theirs = new URL(text)
  } catch {}
  if (ours.accepts !== (theirs !== null)) return false
  // Ada 2.9 leaves dots in the path behind a host of dots.
  return ours.href === null || ours.href === theirs.href || /^[.]+$/.test(theirs.hostname)
}

files.forEach((file, index) => {
  const bytes = readFileSync(file)
  const isSame = target === "url" ? url(bytes, answers[index]) : scanner(bytes, answers[index])
  if (isSame) return
  differences++
  console.error(`${file}: ${JSON.stringify(bytes.toString("latin1"))}\n  ours: ${answers[index]}`)
})
console.log(`${target}: ${files.length} files, ${differences} differences from Node`)
process.exit(differences ? 1 : 0)
