extension ProviderCatalog {
  /// Servers on the user's own machine or network.
  static let localServers: [Provider] = [
    Provider(
      "litellm", "LiteLLM Proxy", .selfHosted,
      slot: "litellm",
      aliases: ["litellm_proxy"],
      roots: ["http://localhost:4000/v1", "http://localhost:4000", "http://0.0.0.0:4000"],
      websites: ["litellm.ai"],
      keys: [.weak("sk-<word:1+>")],
      variables: ["LITELLM_API_KEY", "LITELLM_PROXY_API_KEY"],
      notes: ["its keys begin with sk- and work at this proxy only"]),
    Provider(
      "new-api", "New API / One API (self-hosted gateways)", .selfHosted,
      aliases: ["one-api", "one-hub"],
      roots: ["http://localhost:3000/v1"],
      websites: ["docs.newapi.pro"],
      variables: ["NEW_API_KEY"],
      notes: ["website, console and API share a host: only /v1 is the API"]),
    Provider(
      "ollama", "Ollama (local)", .local,
      slot: "ollama",
      family: "ollama",
      roots: ["http://localhost:11434/v1", .init("http://localhost:11434", speaking: .ollama)],
      needsKey: false,
      variables: ["OLLAMA_API_KEY"],
      exampleModels: ["gpt-oss:20b", "glm-5.2"],
      modelsProveKey: false,
      notes: [
        "its own slot wants the address without /v1, the compatible one with it",
        "through /v1 models load with their small default context",
      ]),
    Provider(
      "lmstudio", "LM Studio", .local,
      slot: "lmstudio",
      roots: ["http://localhost:1234/v1", "http://127.0.0.1:1234/v1"],
      websites: ["lmstudio.ai"],
      needsKey: false,
      variables: ["LMSTUDIO_API_KEY"],
      exampleModels: ["openai/gpt-oss-20b", "qwen/qwen3-30b-a3b-2507", "qwen/qwen3-coder-30b"],
      modelsProveKey: false,
      notes: ["its own slot reads Anthropic's key field: none is written there"]),
    Provider(
      "vllm", "vLLM", .selfHosted,
      roots: ["http://localhost:8000/v1"],
      websites: ["docs.vllm.ai"],
      needsKey: false,
      variables: ["VLLM_API_KEY"],
      notes: ["wants a key only when it was started with one"]),
    Provider(
      "llamacpp", "llama.cpp server", .local,
      aliases: ["llama-server", "llama.cpp"],
      roots: ["http://localhost:8080/v1"],
      needsKey: false,
      modelsProveKey: false,
      notes: ["other servers use the same port"]),
    Provider(
      "llamafile", "llamafile", .local,
      roots: ["http://localhost:8080/v1"],
      needsKey: false),
    Provider(
      "localai", "LocalAI", .selfHosted,
      roots: ["http://localhost:8080/v1"],
      websites: ["localai.io"],
      needsKey: false,
      variables: ["LOCALAI_API_KEY"]),
    Provider(
      "jan", "Jan", .local,
      roots: ["http://127.0.0.1:1337/v1", "http://localhost:1337/v1"],
      websites: ["jan.ai"],
      variables: ["JAN_API_KEY"],
      notes: ["wants a key that you choose in its settings"]),
    Provider(
      "atomic-chat", "Atomic Chat", .local,
      roots: ["http://127.0.0.1:1337/v1"],
      websites: ["atomic.chat"],
      needsKey: false,
      variables: ["ATOMIC_CHAT_API_KEY"],
      exampleModels: [
        "Qwen3_5-9B-MLX-4bit", "Qwen3_5-9B-Q4_K_M", "Meta-Llama-3_1-8B-Instruct-GGUF",
      ]),
    Provider(
      "msty", "Msty", .local,
      roots: ["http://localhost:10000/v1"],
      websites: ["msty.app"],
      needsKey: false),
    Provider(
      "text-generation-webui", "text-generation-webui (oobabooga)", .local,
      aliases: ["oobabooga", "textgen"],
      roots: ["http://localhost:5000/v1"],
      needsKey: false),
    Provider(
      "docker-model-runner", "Docker Model Runner", .local,
      roots: ["http://localhost:12434/engines/v1", "http://localhost:22088/engines/llama.cpp/v1"],
      hosts: ["model-runner.docker.internal"],
      needsKey: false,
      models: ["ai/*", "hf.co/*"]),
    Provider(
      "lemonade", "Lemonade (AMD)", .local,
      roots: ["http://localhost:8000/api/v1"],
      websites: ["lemonade-server.ai"],
      needsKey: false,
      notes: ["the path is /api/v1"]),
    Provider(
      "xinference", "Xinference", .selfHosted,
      roots: ["http://localhost:9997/v1"],
      needsKey: false),
    Provider(
      "llama-stack", "Llama Stack", .selfHosted,
      roots: ["http://localhost:8321/v1/openai/v1"],
      needsKey: false),
    Provider(
      "open-webui", "Open WebUI", .selfHosted,
      roots: ["http://localhost:3000/api", "http://localhost:3000/openai"],
      websites: ["openwebui.com", "docs.openwebui.com"],
      notes: ["the path is /api, not /api/v1"]),
  ]
}
