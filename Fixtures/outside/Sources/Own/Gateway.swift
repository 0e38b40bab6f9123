import ClineConfig

let gateway = Provider(
  id: "outside", name: "Outside AI", kind: .gateway,
  roots: ["https://api.outside.example/v1"], websites: ["outside.example", "console.outside.example"],
  keysURL: "https://console.outside.example/keys", keyShapes: [.proof("outside-<hex:32>")],
  variables: ["OUTSIDE_API_KEY"])
