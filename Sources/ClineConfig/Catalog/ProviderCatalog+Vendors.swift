extension ProviderCatalog {
  /// Providers that serve their own models.
  static let vendors: [Provider] = [
    // T3BlbkFJ is base64 of "OpenAI"; only that marker makes a bare sk- key OpenAI's.
    Provider(
      "openai", "OpenAI", .vendor, slot: "openai-native",
      aliases: ["openai-native"],
      roots: [
        .init("https://api.openai.com/v1"),
        .init("https://us.api.openai.com/v1", region: "us"),
        .init("https://eu.api.openai.com/v1", region: "eu"),
      ],
      websites: ["openai.com", "chatgpt.com"],
      dashboards: ["platform.openai.com"],
      keysURL: "https://platform.openai.com/api-keys",
      keys: [
        KeyShape(
          "sk-proj-", "sk-svcacct-", "sk-admin-",
          parts: [
            .run(.urlSafe, [20...20, 58...58, 74...74]), .marker("T3BlbkFJ"),
            .run(.urlSafe, [20...20, 58...58, 74...74]),
          ]),
        KeyShape(
          "sk-",
          parts: [
            .run(.alphanumeric, [20...20]), .marker("T3BlbkFJ"), .run(.alphanumeric, [20...20]),
          ]),
      ],
      variables: ["OPENAI_API_KEY"]),
    Provider(
      "anthropic", "Anthropic", .vendor, slot: "anthropic",
      aliases: ["claude"],
      roots: [
        .init("https://api.anthropic.com/v1"),
        .init("https://api.anthropic.com", "anthropic"),
      ],
      websites: ["anthropic.com", "claude.ai", "claude.com"],
      dashboards: ["console.anthropic.com", "platform.claude.com"],
      keysURL: "https://console.anthropic.com/settings/keys",
      keys: [
        KeyShape("sk-ant-api03-", parts: [.run(.urlSafe, [93...95])]),
        KeyShape("sk-ant-admin01-", parts: [.run(.urlSafe, [93...95])]),
        KeyShape("sk-ant-oat01-", parts: [.run(.urlSafe, [20...400])]),
        KeyShape("sk-ant-", parts: [.run(.urlSafe, [20...400])]),
      ],
      variables: ["ANTHROPIC_API_KEY"]),
    Provider(
      "gemini", "Google Gemini", .vendor, slot: "gemini",
      aliases: ["google", "google ai studio", "google gemini"],
      roots: [
        .init("https://generativelanguage.googleapis.com/v1beta/openai"),
        .init("https://generativelanguage.googleapis.com/v1beta", "gemini"),
      ],
      websites: ["gemini.google.com", "ai.google.dev"],
      dashboards: ["aistudio.google.com"],
      keysURL: "https://aistudio.google.com/apikey",
      keys: [
        KeyShape("AIza", parts: [.run(.urlSafe, [35...35])], sharedWith: ["vertex"]),
        KeyShape("AQ.Ab8RN6", parts: [.run(.urlSafe, [44...44])], sharedWith: ["vertex"]),
      ],
      variables: ["GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY"]),
    Provider(
      "deepseek", "DeepSeek", .vendor, slot: "deepseek",
      roots: [
        .init("https://api.deepseek.com/v1"),
        .init("https://api.deepseek.com"),
        .init("https://api.deepseek.com/beta"),
        .init("https://api.deepseek.com/anthropic", "anthropic"),
      ],
      websites: ["deepseek.com", "chat.deepseek.com"],
      dashboards: ["platform.deepseek.com"],
      keysURL: "https://platform.deepseek.com/api_keys",
      keys: [KeyShape("sk-", parts: [.run(.hexadecimal, [32...32])], strength: .weak)],
      variables: ["DEEPSEEK_API_KEY"]),
    Provider(
      "mistral", "Mistral AI", .vendor, slot: "mistral",
      aliases: ["mistralai"],
      roots: [
        .init("https://api.mistral.ai/v1"),
        .init("https://codestral.mistral.ai/v1"),
      ],
      websites: ["mistral.ai", "chat.mistral.ai"],
      dashboards: ["console.mistral.ai", "admin.mistral.ai"],
      keysURL: "https://console.mistral.ai/api-keys",
      keys: [KeyShape("", parts: [.run(.alphanumeric, [32...32])], strength: .weak)],
      variables: ["MISTRAL_API_KEY", "CODESTRAL_API_KEY"]),
    Provider(
      "groq", "Groq", .vendor, slot: "groq",
      aliases: ["groqcloud"],
      roots: [.init("https://api.groq.com/openai/v1")],
      websites: ["groq.com"],
      dashboards: ["console.groq.com"],
      keysURL: "https://console.groq.com/keys",
      keys: [KeyShape("gsk_", parts: [.run(.alphanumeric, [50...54])])],
      variables: ["GROQ_API_KEY"]),
    // One of its API hosts is also its dashboard.
    Provider(
      "together", "Together AI", .vendor, slot: "together",
      aliases: ["togetherai"],
      roots: [.init("https://api.together.xyz/v1"), .init("https://api.together.ai/v1")],
      websites: ["together.ai"],
      dashboards: ["api.together.ai", "api.together.xyz"],
      keysURL: "https://api.together.ai/settings/api-keys",
      keys: [KeyShape("tgp_v1_", parts: [.run(.urlSafe, [43...43])])],
      variables: ["TOGETHER_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_API_KEY"]),
    Provider(
      "fireworks", "Fireworks AI", .vendor, slot: "fireworks",
      aliases: ["fireworks-ai"],
      roots: [.init("https://api.fireworks.ai/inference/v1")],
      websites: ["fireworks.ai"],
      dashboards: ["app.fireworks.ai"],
      keysURL: "https://app.fireworks.ai/settings/users/api-keys",
      // A prefix of three characters proves only with all the rest.
      keys: [KeyShape("fw_", parts: [.run(.alphanumeric, [20...64])])],
      variables: ["FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY"]),
    Provider(
      "xai", "xAI (Grok)", .vendor, slot: "xai",
      aliases: ["grok", "x.ai"],
      roots: [.init("https://api.x.ai/v1")],
      websites: ["x.ai", "grok.com"],
      dashboards: ["console.x.ai"],
      keysURL: "https://console.x.ai/",
      keys: [KeyShape("xai-", parts: [.run(.urlSafe, [70...120])])],
      variables: ["XAI_API_KEY"]),
  ]

  /// Servers on the user's machine.
  static let localServers: [Provider] = [
    Provider(
      "ollama", "Ollama", .local, slot: "ollama",
      roots: [
        .init("http://localhost:11434", "ollama"),
        .init("http://localhost:11434/v1"),
      ],
      websites: ["ollama.com"],
      needsKey: false, variables: ["OLLAMA_API_KEY"]),
    Provider(
      "lmstudio", "LM Studio", .local, slot: "lmstudio",
      roots: [.init("http://localhost:1234/v1"), .init("http://127.0.0.1:1234/v1")],
      websites: ["lmstudio.ai"],
      needsKey: false, variables: ["LMSTUDIO_API_KEY"]),
  ]
}
