import ClineConfig

let acme = Provider(
  id: "acme", name: "Acme AI", kind: .gateway,
  roots: ["https://api.acme.example/v1"], websites: ["acme.example", "console.acme.example"],
  keysURL: "https://console.acme.example/keys", keyShapes: [.proof("acme-<hex:32>")],
  variables: ["ACME_API_KEY"])
