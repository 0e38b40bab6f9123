// What stands behind a provider's default in Cline 4.1.13 (SDK 0.0.78, sdk/packages/llms/src/catalog).

extension ProviderSlot {
  /// The Model ID that the CLI takes where none is stored: the newest of its catalogue (CLI 3.0.56,
  /// apps/cli/src/main.ts), or the one word for all that have none.
  var cliDefaultModelID: String {
    Self.newestModels[sdkID]
      ?? (hasNoCLICatalogue ? Self.anyModel : standardModelID ?? Self.anyModel)
  }

  /// What the CLI sends where a provider's catalogue is empty.
  static let anyModel = "anthropic/claude-sonnet-4.6"

  private var hasNoCLICatalogue: Bool {
    traits.hasNoDefaultModel || Self.withoutCLIList.contains(sdkID)
  }

  /// The newest Model ID of the list that Cline's packages bring along; `nil` where they bring none.
  var newestModelID: String? {
    Self.withoutList.contains(sdkID)
      ? nil : Self.newestModels[sdkID] ?? traits.migratedModel ?? standardModelID
  }

  /// Those whose list holds no chat model, or only what a server of one's own tells.
  private static let withoutCLIList: Set<String> = ["litellm", "elevenlabs"]
  private static let withoutList: Set<String> = [
    "openai-codex", "openai-codex-cli", "elevenlabs", "claude-code", "dify", "openai-compatible",
    "sambanova", "litellm", "hicap", "nousResearch", "huawei-cloud-maas", "qwen", "qwen-code",
    "doubao", "oca", "asksage", "morph",
  ]

  /// Where the newest is not the default that VS Code takes.
  private static let newestModels: [String: String] = [
    "openai-native": "gpt-5.6",
    "openai-codex": "gpt-5.6",
    "openai-codex-cli": "gpt-5.6",
    "anthropic": "claude-opus-5",
    "claude-code": "claude-opus-5",
    "bedrock": "xai.grok-4.6",
    "opencode": "x-preview-f-free",
    "dify": "deepseek/deepseek-v4-flash-vision-exp",
    "sapaicore": "gpt-5.6-luna",
    "cline": "deepseek/deepseek-v4-flash-vision-exp",
    "deepseek": "deepseek-v4-flash-vision-exp",
    "xai": "grok-4.6",
    "together": "deepseek-ai/DeepSeek-V4-Pro-0813",
    "groq": "qwen/qwen3.6-27b",
    "cerebras": "gemma-4-31b",
    "vercel-ai-gateway": "deepseek/deepseek-v4-flash-vision-exp",
    "v0": "v0-1.5-lg",
    "aihubmix": "gemini-3.7-flash",
    "zai": "glm-5.2",
    "zai-coding-plan": "glm-5.3",
    "kilo": "deepseek/deepseek-v4-flash-vision-exp",
    "openrouter": "deepseek/deepseek-v4-flash-vision-exp",
  ]

  /// Whether Cline's own provider has a Model ID, under the name that Cline gives it: its migration
  /// takes over no other (provider-settings-legacy-migration.ts, resolveKnownClineModel).
  static func clineModel(_ id: String) -> String? {
    if clineModels.split(whereSeparator: \.isWhitespace).contains(where: { $0 == id }) { return id }
    for (alias, canonical) in clineAliases where id.hasPrefix(alias) {
      let renamed = canonical + id.dropFirst(alias.count)
      if clineModels.split(whereSeparator: \.isWhitespace).contains(where: { $0 == renamed }) {
        return renamed
      }
    }
    return nil
  }

  private static let clineAliases: [(String, String)] = [("z-ai/", "zai/")]

  private static let clineModels = """
    deepseek/deepseek-v4-flash-vision-exp meta/muse-spark-1.2-contributor stealth/ox-alpha
    ~z-ai/glm-latest dots-studio/dots-3-note-preview:free qwen/qwen3.8-27b google/gemini-3.7-flash
    bytedance-seed/seed-2-1-turbo deepseek/deepseek-v4-pro-0813 qwen/qwen3.8-2.4t-a95b
    x-ai/grok-4.6 liquid/lfm-2.5-2.6b:free nvidia/nemotron-3.5-lightning
    nvidia/nemotron-3.5-lightning:free meta/muse-glimmer-30b upstage/solar-pro4
    meta/muse-spark-1.2 qwen/qwen3.8-max sakana/sakana-namazu ~deepseek/deepseek-v4-flash-latest
    deepseek/deepseek-v4-flash-0731 thinkingmachines/inkling-small
    thinkingmachines/inkling-small:free anthropic/claude-opus-5 anthropic/claude-opus-5-fast
    inclusionai/ling-3.0-flash google/gemini-3.5-flash-lite google/gemini-3.6-flash
    poolside/laguna-s-2.1 poolside/laguna-s-2.1:free meituan/longcat-2.0 moonshotai/kimi-k3
    qwen/qwen3.7-flash thinkingmachines/inkling thinkingmachines/inkling:free
    kwaipilot/kat-coder-air-v2.5 kwaipilot/kat-coder-pro-v2.5 openai/gpt-5.6-luna
    openai/gpt-5.6-luna-pro openai/gpt-5.6-sol openai/gpt-5.6-sol-pro openai/gpt-5.6-terra
    openai/gpt-5.6-terra-pro ~x-ai/grok-latest x-ai/grok-4.5 aion-labs/aion-3.0
    aion-labs/aion-3.0-mini tencent/hy3 poolside/laguna-xs-2.1 poolside/laguna-xs-2.1:free
    anthropic/claude-sonnet-5 nex-agi/nex-n2-mini cohere/north-mini-code:free sakana/fugu-ultra
    z-ai/glm-5.2:free moonshotai/kimi-k2.7-code ~anthropic/claude-fable-latest
    anthropic/claude-fable-5 nex-agi/nex-n2-pro nvidia/nemotron-3-ultra-550b-a55b
    nvidia/nemotron-3-ultra-550b-a55b:free qwen/qwen3.7-plus minimax/minimax-m3
    stepfun/step-3.7-flash anthropic/claude-opus-4.8 anthropic/claude-opus-4.8-fast
    qwen/qwen3.7-max google/gemini-3.5-flash inclusionai/ring-2.6-1t google/gemini-3.1-flash-lite
    openai/gpt-chat-latest ibm-granite/granite-4.1-8b mistralai/mistral-medium-3-5
    nvidia/nemotron-3-nano-omni-30b-a3b-reasoning:free ~anthropic/claude-haiku-latest
    ~anthropic/claude-sonnet-latest ~google/gemini-flash-latest ~google/gemini-pro-latest
    ~moonshotai/kimi-latest ~openai/gpt-latest ~openai/gpt-mini-latest qwen/qwen3.5-plus-20260420
    qwen/qwen3.6-flash deepseek/deepseek-v4-flash deepseek/deepseek-v4-pro inclusionai/ling-2.6-1t
    openai/gpt-5.5 openai/gpt-5.5-pro qwen/qwen3.6-27b xiaomi/mimo-v2.5 xiaomi/mimo-v2.5-pro
    ~anthropic/claude-opus-latest inclusionai/ling-2.6-flash moonshotai/kimi-k2.6
    qwen/qwen3.6-max-preview tencent/hy3-preview qwen/qwen3.6-35b-a3b x-ai/grok-4.3
    anthropic/claude-opus-4.7 anthropic/claude-opus-4.7-fast x-ai/grok-build-0.1
    meta/muse-spark-1.1 google/gemma-4-26b-a4b-it google/gemma-4-26b-a4b-it:free
    google/gemma-4-31b-it google/gemma-4-31b-it:free qwen/qwen3.6-plus
    arcee-ai/trinity-large-thinking x-ai/grok-4.20 kwaipilot/kat-coder-pro-v2 rekaai/reka-edge
    minimax/minimax-m2.7 openai/gpt-5.4-mini openai/gpt-5.4-nano mistralai/mistral-small-2603
    nvidia/nemotron-3-super-120b-a12b nvidia/nemotron-3-super-120b-a12b:free openai/gpt-5.4
    openai/gpt-5.4-pro inception/mercury-2 google/gemini-3.1-flash-lite-preview
    qwen/qwen3.5-flash-02-23 aion-labs/aion-2.0 qwen/qwen3.5-122b-a10b qwen/qwen3.5-27b
    qwen/qwen3.5-35b-a3b qwen/qwen3.5-9b google/gemini-3.1-pro-preview
    google/gemini-3.1-pro-preview-customtools anthropic/claude-sonnet-4.6 qwen/qwen3.5-plus-02-15
    qwen/qwen3.5-397b-a17b bytedance-seed/seed-2.0-code bytedance-seed/seed-2.0-lite
    bytedance-seed/seed-2.0-mini minimax/minimax-m2.5 qwen/qwen3-max-thinking
    anthropic/claude-opus-4.6 openai/gpt-5.3-codex qwen/qwen3-coder-next openrouter/free
    stepfun/step-3.5-flash upstage/solar-pro-3 openai/gpt-audio openai/gpt-audio-mini
    moonshotai/kimi-k2.5 bytedance-seed/seed-1.6 bytedance-seed/seed-1.6-flash
    minimax/minimax-m2.1 google/gemini-3-flash-preview nvidia/nemotron-3-nano-30b-a3b
    nvidia/nemotron-3-nano-30b-a3b:free openai/gpt-5.2 openai/gpt-5.2-codex openai/gpt-5.2-pro
    openai/gpt-5.2-chat relace/relace-search z-ai/glm-4.6v amazon/nova-2-lite-v1
    mistralai/ministral-14b-2512 mistralai/ministral-3b-2512 mistralai/ministral-8b-2512
    deepseek/deepseek-chat deepseek/deepseek-v3.2 anthropic/claude-opus-4.5 openai/gpt-5.1
    openai/gpt-5.1-codex openai/gpt-5.1-codex-max openai/gpt-5.1-codex-mini
    moonshotai/kimi-k2-thinking amazon/nova-premier-v1 mistralai/voxtral-small-24b-2507
    openai/gpt-oss-safeguard-20b nvidia/nemotron-nano-12b-v2-vl:free minimax/minimax-m2
    qwen/qwen3-vl-32b-instruct anthropic/claude-haiku-4.5 qwen/qwen3-vl-8b-instruct
    qwen/qwen3-vl-8b-thinking openai/gpt-5-pro qwen/qwen3-vl-30b-a3b-instruct
    qwen/qwen3-vl-30b-a3b-thinking anthropic/claude-sonnet-4.5 deepseek/deepseek-v3.2-exp
    qwen/qwen3-max qwen/qwen3-vl-235b-a22b-instruct qwen/qwen3-vl-235b-a22b-thinking
    deepseek/deepseek-v3.1-terminus qwen/qwen-plus-2025-07-28 qwen/qwen-plus-2025-07-28:thinking
    moonshotai/kimi-k2-0905 qwen/qwen3-next-80b-a3b-instruct qwen/qwen3-next-80b-a3b-thinking
    qwen/qwen3-30b-a3b-thinking-2507 deepseek/deepseek-chat-v3.1 nvidia/nemotron-nano-9b-v2:free
    mistralai/mistral-medium-3.1 openai/gpt-5 openai/gpt-5-mini openai/gpt-5-nano
    anthropic/claude-opus-4.1 openai/gpt-oss-120b openai/gpt-oss-20b mistralai/codestral-2508
    qwen/qwen3-30b-a3b-instruct-2507 qwen/qwen3-coder-flash qwen/qwen3-235b-a22b-thinking-2507
    qwen/qwen3-coder qwen/qwen3-coder-plus qwen/qwen3-235b-a22b-2507 moonshotai/kimi-k2
    mistralai/mistral-small-3.2-24b-instruct google/gemini-2.5-flash google/gemini-2.5-flash-lite
    google/gemini-2.5-pro minimax/minimax-m1 openai/o3-pro google/gemini-2.5-pro-preview
    deepseek/deepseek-r1-0528 anthropic/claude-opus-4 anthropic/claude-sonnet-4
    google/gemini-2.5-pro-preview-05-06 mistralai/mistral-medium-3 arcee-ai/virtuoso-large
    qwen/qwen3-14b qwen/qwen3-30b-a3b qwen/qwen3-8b openai/o3 openai/o4-mini openai/o4-mini-high
    openai/gpt-4.1 openai/gpt-4.1-mini openai/gpt-4.1-nano meta-llama/llama-4-maverick
    meta-llama/llama-4-scout qwen/qwen3-235b-a22b qwen/qwen3-32b qwen/qwen3-coder-30b-a3b-instruct
    deepseek/deepseek-chat-v3-0324 google/gemma-3-12b-it google/gemma-3-27b-it
    mistralai/mistral-saba openai/o3-mini-high deepseek/deepseek-r1 openai/o3-mini
    meta-llama/llama-3.3-70b-instruct amazon/nova-lite-v1 amazon/nova-micro-v1 amazon/nova-pro-v1
    openai/o1 openai/gpt-4o-2024-11-20 mistralai/mistral-large-2407 thedrummer/unslopnemo-12b
    mistralai/mistral-large-2512 qwen/qwen-2.5-7b-instruct qwen/qwen-2.5-72b-instruct
    cohere/command-r-08-2024 cohere/command-r-plus-08-2024 sao10k/l3.1-euryale-70b
    openai/gpt-4o-2024-08-06 meta-llama/llama-3.1-70b-instruct meta-llama/llama-3.1-8b-instruct
    openai/gpt-4o-mini openai/gpt-4o-mini-2024-07-18 mistralai/mistral-nemo openai/gpt-4o
    openai/gpt-4o-2024-05-13 mistralai/mixtral-8x22b-instruct anthropic/claude-3-haiku
    mistralai/mistral-large openai/gpt-3.5-turbo-0613 openai/gpt-4-turbo-preview qwen/qwen-plus
    openai/gpt-4 openai/gpt-4-turbo openai/gpt-3.5-turbo-16k openai/gpt-3.5-turbo zai/glm-5.3
    zai/glm-5.2 zai/glm-5.2-fast zai/glm-5.1 zai/glm-5v-turbo zai/glm-5-turbo zai/glm-5
    zai/glm-4.7-flash zai/glm-4.7-flashx zai/glm-4.7 zai/glm-4.6 zai/glm-4.5v zai/glm-4.5
    zai/glm-4.5-air
    """
}
