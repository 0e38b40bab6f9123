// Model IDs that the legacy extension for VS Code knows (4.0.12, apps/vscode/src/shared/api.ts), for the
// providers whose handler looks an id up there and takes its own default for one that it does not find.

extension ProviderSlot {
  /// Model IDs that a handler of the legacy extension knows, and what it sends for any other.
  struct LegacyCatalogue: Sendable {
    /// Ids, with white space between them.
    let ids: String
    /// What is sent for an id that is not among them, and where none is stored.
    let fallback: String

    func contains(_ id: String) -> Bool {
      ids.split(whereSeparator: \.isWhitespace).contains { $0 == id }
    }
  }

  /// The catalogue that stands behind a slot in the legacy extension.
  ///
  /// - Parameter line: The line of the account, where lines have catalogues of their own.
  func legacyCatalogue(line: String?) -> LegacyCatalogue? {
    Self.lineCatalogues[sdkID]?[line ?? ""] ?? Self.catalogues[sdkID]
  }

  private static let lineCatalogues: [String: [String: LegacyCatalogue]] = [
    "qwen": ["international": .internationalQwen]
  ]

  private static let catalogues: [String: LegacyCatalogue] = [
    "qwen": .mainlandQwen,
    "anthropic": .anthropic,
    "asksage": .asksage,
    "baseten": .baseten,
    "bedrock": .bedrock,
    "cerebras": .cerebras,
    "deepseek": .deepseek,
    "doubao": .doubao,
    "gemini": .gemini,
    "groq": .groq,
    "huawei-cloud-maas": .huaweiCloudMaas,
    "minimax": .minimax,
    "mistral": .mistral,
    "moonshot": .moonshot,
    "nebius": .nebius,
    "nousResearch": .nousResearch,
    "openai-codex": .openaiCodex,
    "openai-native": .openaiNative,
    "qwen-code": .qwenCode,
    "sambanova": .sambanova,
    "xai": .xai,
    "zai": .zai,
  ]
}

extension ProviderSlot.LegacyCatalogue {
  fileprivate static let anthropic = Self(
    ids: """
      claude-sonnet-5 claude-sonnet-5:1m claude-sonnet-4-6 claude-sonnet-4-6:1m
      claude-sonnet-4-5-20250929 claude-sonnet-4-5-20250929:1m claude-haiku-4-5-20251001
      claude-sonnet-4-20250514 claude-sonnet-4-20250514:1m claude-opus-4-6 claude-opus-4-6:fast
      claude-opus-4-6:1m claude-opus-4-6:1m:fast claude-opus-5 claude-opus-5:1m claude-opus-4-8
      claude-opus-4-8:1m claude-fable-5 claude-fable-5:1m claude-opus-4-7 claude-opus-4-7:1m
      claude-opus-4-5-20251101 claude-opus-4-1-20250805 claude-opus-4-20250514
      claude-3-7-sonnet-20250219 claude-3-5-sonnet-20241022 claude-3-5-haiku-20241022
      claude-3-opus-20240229 claude-3-haiku-20240307
      """, fallback: "claude-sonnet-5")
  fileprivate static let asksage = Self(
    ids: """
      gpt-4o gpt-4o-gov gpt-4.1 claude-35-sonnet aws-bedrock-claude-35-sonnet-gov claude-37-sonnet
      claude-4.6-sonnet claude-4-sonnet claude-4-opus google-gemini-2.5-pro
      google-claude-45-sonnet google-claude-4-opus gpt-5 gpt-5-mini gpt-5-nano
      """, fallback: "claude-4-sonnet")
  fileprivate static let baseten = Self(
    ids: """
      moonshotai/Kimi-K2-Thinking zai-org/GLM-4.6 deepseek-ai/DeepSeek-R1
      deepseek-ai/DeepSeek-R1-0528 deepseek-ai/DeepSeek-V3-0324 deepseek-ai/DeepSeek-V3.1
      deepseek-ai/DeepSeek-V3.2 Qwen/Qwen3-235B-A22B-Instruct-2507
      Qwen/Qwen3-Coder-480B-A35B-Instruct openai/gpt-oss-120b moonshotai/Kimi-K2-Instruct-0905
      """, fallback: "zai-org/GLM-4.6")
  fileprivate static let cerebras = Self(
    ids: """
      zai-glm-4.7 gpt-oss-120b qwen-3-235b-a22b-instruct-2507
      """, fallback: "zai-glm-4.7")
  fileprivate static let deepseek = Self(
    ids: """
      deepseek-v4-flash deepseek-v4-pro deepseek-chat deepseek-reasoner
      """, fallback: "deepseek-chat")
  fileprivate static let doubao = Self(
    ids: """
      doubao-1-5-pro-256k-250115 doubao-1-5-pro-32k-250115 deepseek-v3-250324 deepseek-r1-250120
      """, fallback: "doubao-1-5-pro-256k-250115")
  fileprivate static let bedrock = Self(
    ids: """
      anthropic.claude-sonnet-5 anthropic.claude-sonnet-5:1m anthropic.claude-sonnet-4-6
      anthropic.claude-sonnet-4-6:1m anthropic.claude-sonnet-4-5-20250929-v1:0
      anthropic.claude-sonnet-4-5-20250929-v1:0:1m anthropic.claude-haiku-4-5-20251001-v1:0
      anthropic.claude-sonnet-4-20250514-v1:0 anthropic.claude-sonnet-4-20250514-v1:0:1m
      anthropic.claude-opus-4-6-v1 anthropic.claude-opus-4-6-v1:1m anthropic.claude-opus-5
      anthropic.claude-opus-5:1m anthropic.claude-opus-4-8 anthropic.claude-opus-4-8:1m
      anthropic.claude-fable-5 anthropic.claude-fable-5:1m anthropic.claude-opus-4-7
      anthropic.claude-opus-4-7:1m anthropic.claude-opus-4-5-20251101-v1:0
      anthropic.claude-opus-4-20250514-v1:0 anthropic.claude-opus-4-1-20250805-v1:0
      amazon.nova-premier-v1:0 amazon.nova-pro-v1:0 amazon.nova-lite-v1:0 amazon.nova-2-lite-v1:0
      amazon.nova-micro-v1:0 anthropic.claude-3-7-sonnet-20250219-v1:0
      anthropic.claude-3-5-sonnet-20241022-v2:0 anthropic.claude-3-5-haiku-20241022-v1:0
      anthropic.claude-3-5-sonnet-20240620-v1:0 anthropic.claude-3-opus-20240229-v1:0
      anthropic.claude-3-sonnet-20240229-v1:0 anthropic.claude-3-haiku-20240307-v1:0
      deepseek.r1-v1:0 openai.gpt-oss-120b-1:0 openai.gpt-oss-20b-1:0 qwen.qwen3-coder-30b-a3b-v1:0
      qwen.qwen3-coder-480b-a35b-v1:0
      """, fallback: "anthropic.claude-sonnet-5")
  fileprivate static let gemini = Self(
    ids: """
      gemini-3.5-flash gemini-3.1-pro-preview gemini-3-pro-preview gemini-3-flash-preview
      gemini-2.5-pro gemini-2.5-flash-lite-preview-06-17 gemini-2.5-flash gemini-2.0-flash-001
      gemini-2.0-flash-lite-preview-02-05 gemini-2.0-pro-exp-02-05
      gemini-2.0-flash-thinking-exp-01-21 gemini-2.0-flash-thinking-exp-1219 gemini-2.0-flash-exp
      gemini-1.5-flash-002 gemini-1.5-flash-exp-0827 gemini-1.5-flash-8b-exp-0827
      gemini-1.5-pro-002 gemini-1.5-pro-exp-0827 gemini-exp-1206
      """, fallback: "gemini-3.1-pro-preview")
  fileprivate static let groq = Self(
    ids: """
      openai/gpt-oss-120b openai/gpt-oss-20b compound-beta compound-beta-mini
      deepseek-r1-distill-llama-70b meta-llama/llama-4-maverick-17b-128e-instruct
      meta-llama/llama-4-scout-17b-16e-instruct llama-3.3-70b-versatile llama-3.1-8b-instant
      moonshotai/kimi-k2-instruct moonshotai/kimi-k2-instruct-0905
      """, fallback: "moonshotai/kimi-k2-instruct-0905")
  fileprivate static let huaweiCloudMaas = Self(
    ids: """
      DeepSeek-V3 DeepSeek-R1 deepseek-r1-250528 qwen3-235b-a22b qwen3-32b
      """, fallback: "DeepSeek-V3")
  fileprivate static let minimax = Self(
    ids: """
      MiniMax-M3 MiniMax-M2.7 MiniMax-M2.7-highspeed MiniMax-M2.5 MiniMax-M2.5-highspeed
      MiniMax-M2.1 MiniMax-M2.1-lightning MiniMax-M2
      """, fallback: "MiniMax-M2.7")
  fileprivate static let mistral = Self(
    ids: """
      devstral-2512 labs-devstral-small-2512 mistral-large-2512 ministral-14b-2512
      mistral-large-2411 pixtral-large-2411 ministral-3b-2410 ministral-8b-2410
      mistral-small-latest mistral-medium-latest mistral-small-2501 pixtral-12b-2409
      open-mistral-nemo-2407 open-codestral-mamba codestral-2501 devstral-small-2505
      devstral-medium-latest
      """, fallback: "devstral-2512")
  fileprivate static let moonshot = Self(
    ids: """
      kimi-k3 kimi-k2.6 kimi-k2.5 kimi-k2-0905-preview kimi-k2-0711-preview kimi-k2-turbo-preview
      kimi-k2-thinking kimi-k2-thinking-turbo
      """, fallback: "kimi-k2-0905-preview")
  fileprivate static let nebius = Self(
    ids: """
      deepseek-ai/DeepSeek-V3 deepseek-ai/DeepSeek-V3-0324-fast deepseek-ai/DeepSeek-R1
      deepseek-ai/DeepSeek-R1-fast deepseek-ai/DeepSeek-R1-0528
      meta-llama/Llama-3.3-70B-Instruct-fast Qwen/Qwen2.5-32B-Instruct-fast
      Qwen/Qwen2.5-Coder-32B-Instruct-fast Qwen/Qwen3-4B-fast Qwen/Qwen3-30B-A3B-fast
      Qwen/Qwen3-235B-A22B openai/gpt-oss-120b moonshotai/Kimi-K2-Instruct
      Qwen/Qwen3-Coder-480B-A35B-Instruct openai/gpt-oss-20b zai-org/GLM-4.5 zai-org/GLM-4.5-Air
      deepseek-ai/DeepSeek-R1-0528-fast Qwen/Qwen3-235B-A22B-Instruct-2507 Qwen/Qwen3-30B-A3B
      Qwen/Qwen3-32B Qwen/Qwen3-32B-fast
      """, fallback: "Qwen/Qwen2.5-32B-Instruct-fast")
  fileprivate static let nousResearch = Self(
    ids: """
      Hermes-4-405B Hermes-4-70B
      """, fallback: "Hermes-4-405B")
  fileprivate static let openaiCodex = Self(
    ids: """
      gpt-5.6-sol gpt-5.6-terra gpt-5.6-luna gpt-5.5 gpt-5.4 gpt-5.3-codex gpt-5.2-codex
      gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2
      """, fallback: "gpt-5.3-codex")
  fileprivate static let openaiNative = Self(
    ids: """
      gpt-5.5 gpt-5.4 gpt-5.4-mini gpt-5.4-nano gpt-5.3-codex gpt-5.3-chat-latest
      gpt-5.2-chat-latest gpt-5.2 gpt-5.2-codex gpt-5.1-2025-11-13 gpt-5.1 gpt-5.1-codex
      gpt-5.1-chat-latest gpt-5-2025-08-07 gpt-5-codex gpt-5-mini-2025-08-07 gpt-5-nano-2025-08-07
      gpt-5-chat-latest o3 o4-mini gpt-4.1 gpt-4.1-mini gpt-4.1-nano o3-mini o1 o1-preview o1-mini
      gpt-4o gpt-4o-mini chatgpt-4o-latest
      """, fallback: "gpt-5.5")
  fileprivate static let qwenCode = Self(
    ids: """
      qwen3-coder-plus qwen3-coder-flash
      """, fallback: "qwen3-coder-plus")
  fileprivate static let sambanova = Self(
    ids: """
      DeepSeek-V3.1 DeepSeek-V3.2 Llama-4-Maverick-17B-128E-Instruct Meta-Llama-3.3-70B-Instruct
      MiniMax-M2.7
      """, fallback: "Meta-Llama-3.3-70B-Instruct")
  fileprivate static let xai = Self(
    ids: """
      grok-4-1-fast-reasoning grok-4-1-fast-non-reasoning grok-code-fast-1 grok-4-fast-reasoning
      grok-4 grok-3-beta grok-3-fast-beta grok-3-mini-beta grok-3-mini-fast-beta grok-3
      grok-3-fast grok-3-mini grok-3-mini-fast grok-2-latest grok-2 grok-2-1212
      grok-2-vision-latest grok-2-vision grok-2-vision-1212 grok-vision-beta grok-beta
      """, fallback: "grok-4")
  fileprivate static let zai = Self(
    ids: """
      glm-5.2 glm-5.1 glm-5 glm-4.7 glm-4.6 glm-4.5 glm-4.5-air
      """, fallback: "glm-5.1")
  fileprivate static let mainlandQwen = Self(
    ids: """
      qwen3-235b-a22b qwen3-32b qwen3-30b-a3b qwen3-14b qwen3-8b qwen3-4b qwen3-1.7b qwen3-0.6b
      qwen2.5-coder-32b-instruct qwen2.5-coder-14b-instruct qwen2.5-coder-7b-instruct
      qwen2.5-coder-3b-instruct qwen2.5-coder-1.5b-instruct qwen2.5-coder-0.5b-instruct
      qwen-coder-plus-latest qwen-plus-latest qwen-turbo-latest qwen-max-latest qwq-plus-latest
      qwq-plus qwen-coder-plus qwen-plus qwen-turbo qwen-max deepseek-v3 deepseek-r1 qwen-vl-max
      qwen-vl-max-latest qwen-vl-plus qwen-vl-plus-latest
      """, fallback: "qwen3-235b-a22b")
  fileprivate static let internationalQwen = Self(
    ids: """
      qwen3-coder-plus qwen3-coder-480b-a35b-instruct qwen3-235b-a22b qwen3-32b qwen3-30b-a3b
      qwen3-14b qwen3-8b qwen3-4b qwen3-1.7b qwen3-0.6b qwen2.5-coder-32b-instruct
      qwen2.5-coder-14b-instruct qwen2.5-coder-7b-instruct qwen2.5-coder-3b-instruct
      qwen2.5-coder-1.5b-instruct qwen2.5-coder-0.5b-instruct qwen-coder-plus-latest
      qwen-plus-latest qwen-turbo-latest qwen-max-latest qwen-coder-plus qwen-plus qwen-turbo
      qwen-max deepseek-v3 deepseek-r1 qwen-vl-max qwen-vl-max-latest qwen-vl-plus
      qwen-vl-plus-latest
      """, fallback: "qwen3-coder-plus")
}
