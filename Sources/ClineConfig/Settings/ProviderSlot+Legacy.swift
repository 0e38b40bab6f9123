// The provider table of Cline 4.1.13 (SDK 0.0.78): apps/vscode/src/shared/storage/provider-keys.ts,
// sdk/packages/llms/src/providers/{builtins,providers.generated}.ts. A test holds it against
// Fixtures/cline-source/cline-keys.json.

extension ProviderSlot {
  /// The providers that VS Code's settings page knows.
  package static let legacy: [ProviderSlot] = [
    ProviderSlot(
      "anthropic", "Anthropic", legacy: "anthropic", key: "apiKey", url: "anthropicBaseUrl",
      defaultURL: "https://api.anthropic.com/v1", defaultModel: "claude-sonnet-5",
      variables: ["ANTHROPIC_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "claude-code", "Claude Code", legacy: "claude-code", defaultModel: "sonnet",
      auth: .localCLI, otherState: ["claudeCodePath"]),
    ProviderSlot(
      "openrouter", "OpenRouter", legacy: "openrouter", key: "openRouterApiKey",
      defaultURL: "https://openrouter.ai/api/v1", model: "OpenRouterModelId",
      info: "OpenRouterModelInfo", defaultModel: "anthropic/claude-sonnet-5",
      variables: ["OPENROUTER_API_KEY"], otherState: ["openRouterProviderSorting"]),
    ProviderSlot(
      "bedrock", "AWS Bedrock", legacy: "bedrock", key: "awsBedrockApiKey",
      otherSecrets: ["awsAccessKey", "awsSecretKey", "awsSessionToken"],
      defaultModel: "minimax.minimax-m2.5",
      variables: [
        "AWS_BEARER_TOKEN_BEDROCK", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
      ], auth: .aws, wire: .anthropic,
      otherState: [
        "awsRegion", "awsAuthentication", "awsUseProfile", "awsProfile",
        "awsUseCrossRegionInference", "awsUseGlobalInference", "awsBedrockUsePromptCache",
        "awsBedrockEndpoint", "planModeAwsBedrockCustomSelected", "actModeAwsBedrockCustomSelected",
        "planModeAwsBedrockCustomModelBaseId", "actModeAwsBedrockCustomModelBaseId",
      ]),
    ProviderSlot(
      "vertex", "Google Vertex AI", legacy: "vertex", key: "geminiApiKey",
      defaultModel: "gemini-3.7-flash",
      variables: [
        "GCP_PROJECT_ID", "GOOGLE_CLOUD_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS",
        "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_VERTEX_PROJECT", "GOOGLE_VERTEX_LOCATION",
      ], auth: .gcp, wire: .gemini, otherState: ["vertexProjectId", "vertexRegion"]),
    ProviderSlot(
      "openai-compatible", "OpenAI Compatible", legacy: "openai", key: "openAiApiKey",
      url: "openAiBaseUrl", defaultURL: "https://api.openai.com/v1", model: "OpenAiModelId",
      info: "OpenAiModelInfo", defaultModel: "gpt-4o", variables: ["OPENAI_API_KEY"],
      otherState: ["openAiHeaders", "azureApiVersion", "azureIdentity", "requestTimeoutMs"]),
    ProviderSlot(
      "ollama", "Ollama", legacy: "ollama", key: "ollamaApiKey", url: "ollamaBaseUrl",
      defaultURL: "http://localhost:11434", model: "OllamaModelId", variables: ["OLLAMA_API_KEY"],
      auth: .local, otherState: ["ollamaApiOptionsCtxNum", "requestTimeoutMs"]),
    ProviderSlot(
      "lmstudio", "LM Studio", legacy: "lmstudio", key: "apiKey", url: "lmStudioBaseUrl",
      defaultURL: "http://localhost:1234/v1", model: "LmStudioModelId",
      variables: ["LMSTUDIO_API_KEY"], auth: .local,
      otherState: ["lmStudioMaxTokens", "lmStudioModelId"]),
    ProviderSlot(
      "gemini", "Google Gemini", legacy: "gemini", key: "geminiApiKey", url: "geminiBaseUrl",
      defaultURL: "https://generativelanguage.googleapis.com/v1beta",
      defaultModel: "gemini-3.7-flash",
      variables: ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"], wire: .gemini,
      otherState: ["geminiPlanModeThinkingLevel", "geminiActModeThinkingLevel"]),
    ProviderSlot(
      "openai-native", "OpenAI", legacy: "openai-native", key: "openAiNativeApiKey",
      defaultURL: "https://api.openai.com/v1", defaultModel: "gpt-5.4",
      variables: ["OPENAI_API_KEY"], wire: .openAIResponses),
    ProviderSlot(
      "openai-codex", "OpenAI ChatGPT Subscription", legacy: "openai-codex",
      otherSecrets: ["openai-codex-oauth-credentials"],
      defaultURL: "https://chatgpt.com/backend-api/codex", defaultModel: "gpt-5.4", auth: .oauth,
      wire: .openAIResponses),
    ProviderSlot(
      "requesty", "Requesty", legacy: "requesty", key: "requestyApiKey", url: "requestyBaseUrl",
      defaultURL: "https://router.requesty.ai/v1", model: "RequestyModelId",
      info: "RequestyModelInfo", defaultModel: "nemotron-lightning-3.5-30b-a3b",
      variables: ["REQUESTY_API_KEY"]),
    ProviderSlot(
      "together", "Together AI", legacy: "together", key: "togetherApiKey",
      defaultURL: "https://api.together.xyz/v1", model: "TogetherModelId",
      defaultModel: "Qwen/Qwen3.5-397B-A17B", variables: ["TOGETHER_API_KEY"]),
    ProviderSlot(
      "deepseek", "DeepSeek", legacy: "deepseek", key: "deepSeekApiKey",
      defaultURL: "https://api.deepseek.com/v1", defaultModel: "deepseek-v4-flash",
      variables: ["DEEPSEEK_API_KEY"]),
    ProviderSlot(
      "qwen", "Alibaba Qwen", legacy: "qwen", key: "qwenApiKey",
      defaultURL: "https://dashscope.aliyuncs.com/compatible-mode/v1", line: "qwenApiLine",
      lines: [
        "china": "https://dashscope.aliyuncs.com/compatible-mode/v1",
        "international": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      ], defaultModel: "qwen-plus-latest", variables: ["QWEN_API_KEY"], otherState: ["qwenApiLine"]),
    ProviderSlot(
      "qwen-code", "Alibaba Qwen Code", legacy: "qwen-code", key: "qwenApiKey",
      defaultURL: "https://dashscope.aliyuncs.com/compatible-mode/v1",
      lines: [
        "china": "https://dashscope.aliyuncs.com/compatible-mode/v1",
        "international": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      ], defaultModel: "qwen3-coder-plus", otherState: ["qwenCodeOauthPath", "qwenApiLine"]),
    ProviderSlot(
      "doubao", "Doubao", legacy: "doubao", key: "doubaoApiKey",
      defaultURL: "https://ark.cn-beijing.volces.com/api/v3",
      defaultModel: "doubao-1-5-pro-256k-250115", variables: ["DOUBAO_API_KEY"]),
    ProviderSlot(
      "mistral", "Mistral", legacy: "mistral", key: "mistralApiKey",
      defaultURL: "https://api.mistral.ai/v1", defaultModel: "mistral-medium-2604",
      variables: ["MISTRAL_API_KEY"]),
    ProviderSlot(
      "vscode-lm", "VS Code LM API", legacy: "vscode-lm", model: "VsCodeLmModelSelector",
      auth: .vscodeLM, wire: nil),
    ProviderSlot(
      "cline", "Cline Usage-Billing", legacy: "cline", key: "clineApiKey",
      otherSecrets: ["clineAccountId", "cline:clineAccountId"],
      defaultURL: "https://api.cline.bot/api/v1", model: "ClineModelId", info: "ClineModelInfo",
      variables: ["CLINE_API_KEY"], auth: .oauth, otherState: ["userInfo"]),
    ProviderSlot(
      "cline-pass", "ClinePass", legacy: "cline-pass", key: "clineApiKey",
      defaultURL: "https://api.cline.bot/api/v1", model: "ClinePassModelId",
      info: "ClinePassModelInfo", defaultModel: "cline-pass/kimi-k3", variables: ["CLINE_API_KEY"],
      auth: .oauth),
    ProviderSlot(
      "litellm", "LiteLLM", legacy: "litellm", key: "liteLlmApiKey",
      otherSecrets: ["remoteLiteLlmApiKey"], url: "liteLlmBaseUrl",
      defaultURL: "http://localhost:4000/v1", model: "LiteLlmModelId", info: "LiteLlmModelInfo",
      defaultModel: "gpt-5.4", variables: ["LITELLM_API_KEY"], otherState: ["liteLlmUsePromptCache"]
    ),
    ProviderSlot(
      "moonshot", "Moonshot AI", legacy: "moonshot", key: "moonshotApiKey",
      defaultURL: "https://api.moonshot.ai/v1", line: "moonshotApiLine",
      lines: [
        "china": "https://api.moonshot.cn/v1", "international": "https://api.moonshot.ai/v1",
      ], defaultModel: "kimi-k3", variables: ["MOONSHOT_API_KEY"], otherState: ["moonshotApiLine"]),
    ProviderSlot(
      "nebius", "Nebius Token Factory", legacy: "nebius", key: "nebiusApiKey",
      defaultURL: "https://api.tokenfactory.nebius.com/v1", defaultModel: "moonshotai/Kimi-K3",
      variables: ["NEBIUS_API_KEY"]),
    ProviderSlot(
      "fireworks", "Fireworks AI", legacy: "fireworks", key: "fireworksApiKey",
      defaultURL: "https://api.fireworks.ai/inference/v1", model: "FireworksModelId",
      defaultModel: "accounts/fireworks/models/deepseek-v4-pro-0813",
      variables: ["FIREWORKS_API_KEY"],
      otherState: ["fireworksModelMaxCompletionTokens", "fireworksModelMaxTokens"]),
    ProviderSlot(
      "asksage", "AskSage", legacy: "asksage", key: "asksageApiKey", url: "asksageApiUrl",
      defaultURL: "https://api.asksage.ai/server", defaultModel: "gpt-4o",
      variables: ["ASKSAGE_API_KEY"]),
    ProviderSlot(
      "xai", "xAI", legacy: "xai", key: "xaiApiKey", defaultURL: "https://api.x.ai/v1",
      defaultModel: "grok-4.20-0309-non-reasoning", variables: ["XAI_API_KEY"]),
    ProviderSlot(
      "sambanova", "SambaNova", legacy: "sambanova", key: "sambanovaApiKey",
      defaultURL: "https://api.sambanova.ai/v1", variables: ["SAMBANOVA_API_KEY"]),
    ProviderSlot(
      "cerebras", "Cerebras", legacy: "cerebras", key: "cerebrasApiKey",
      defaultURL: "https://api.cerebras.ai/v1", defaultModel: "zai-glm-4.7",
      variables: ["CEREBRAS_API_KEY"]),
    ProviderSlot(
      "sapaicore", "SAP AI Core", legacy: "sapaicore",
      otherSecrets: ["sapAiCoreClientId", "sapAiCoreClientSecret"], url: "sapAiCoreBaseUrl",
      model: "SapAiCoreModelId", defaultModel: "anthropic--claude-3.5-sonnet",
      variables: ["AICORE_SERVICE_KEY", "VCAP_SERVICES"], auth: .sapOAuthClient,
      otherState: [
        "sapAiCoreTokenUrl", "sapAiCoreBaseUrl", "sapAiResourceGroup",
        "sapAiCoreUseOrchestrationMode", "planModeSapAiCoreDeploymentId",
        "actModeSapAiCoreDeploymentId",
      ]),
    ProviderSlot(
      "groq", "Groq", legacy: "groq", key: "groqApiKey",
      defaultURL: "https://api.groq.com/openai/v1", model: "GroqModelId", info: "GroqModelInfo",
      defaultModel: "moonshotai/kimi-k2-instruct-0905", variables: ["GROQ_API_KEY"]),
    ProviderSlot(
      "poolside", "Poolside", legacy: "poolside", inLegacyBundle: false,
      defaultURL: "https://inference.poolside.ai/v1", defaultModel: "poolside/laguna-s-2.1",
      variables: ["POOLSIDE_API_KEY"]),
    ProviderSlot(
      "huggingface", "Hugging Face", legacy: "huggingface", key: "huggingFaceApiKey",
      defaultURL: "https://router.huggingface.co/v1", model: "HuggingFaceModelId",
      info: "HuggingFaceModelInfo", defaultModel: "deepseek-ai/DeepSeek-V4-Pro-0813",
      variables: ["HF_TOKEN"]),
    ProviderSlot(
      "huawei-cloud-maas", "Huawei Cloud MaaS", legacy: "huawei-cloud-maas",
      key: "huaweiCloudMaasApiKey",
      defaultURL: "https://infer-modelarts.cn-southwest-2.myhuaweicloud.com/v1",
      model: "HuaweiCloudMaasModelId", info: "HuaweiCloudMaasModelInfo",
      defaultModel: "DeepSeek-R1", variables: ["HUAWEI_CLOUD_MAAS_API_KEY"]),
    ProviderSlot(
      "dify", "Dify", legacy: "dify", key: "difyApiKey", url: "difyBaseUrl",
      defaultModel: "default", variables: ["DIFY_API_KEY"]),
    ProviderSlot(
      "baseten", "Baseten", legacy: "baseten", key: "basetenApiKey",
      defaultURL: "https://inference.baseten.co/v1", model: "BasetenModelId",
      info: "BasetenModelInfo", defaultModel: "deepseek-ai/DeepSeek-V4-Pro-0813",
      variables: ["BASETEN_API_KEY"]),
    ProviderSlot(
      "vercel-ai-gateway", "Vercel AI Gateway", legacy: "vercel-ai-gateway",
      key: "vercelAiGatewayApiKey", defaultURL: "https://ai-gateway.vercel.sh/v1",
      model: "VercelAiGatewayModelId", info: "VercelAiGatewayModelInfo",
      defaultModel: "alibaba/qwen3.6-plus", variables: ["AI_GATEWAY_API_KEY"]),
    ProviderSlot(
      "v0", "Vercel V0", legacy: "v0", inLegacyBundle: false, defaultURL: "https://api.v0.dev/v1",
      defaultModel: "v0-1.5-md", variables: ["V0_API_KEY"]),
    ProviderSlot(
      "zai", "Z.AI", legacy: "zai", key: "zaiApiKey", defaultURL: "https://api.z.ai/api/paas/v4",
      line: "zaiApiLine",
      lines: [
        "china": "https://open.bigmodel.cn/api/paas/v4",
        "international": "https://api.z.ai/api/paas/v4",
      ], defaultModel: "glm-5v-turbo", variables: ["ZHIPU_API_KEY"], otherState: ["zaiApiLine"]),
    ProviderSlot(
      "zai-coding-plan", "Z.AI Coding Plan", legacy: "zai-coding-plan", inLegacyBundle: false,
      defaultURL: "https://api.z.ai/api/coding/paas/v4",
      lines: [
        "china": "https://open.bigmodel.cn/api/coding/paas/v4",
        "international": "https://api.z.ai/api/coding/paas/v4",
      ], defaultModel: "glm-5.2", variables: ["ZHIPU_API_KEY"]),
    ProviderSlot(
      "oca", "Oracle Code Assist", legacy: "oca", key: "ocaApiKey",
      otherSecrets: ["ocaRefreshToken"], url: "ocaBaseUrl",
      defaultURL: "https://code.aiservice.us-chicago-1.oci.oraclecloud.com/20250206/app/litellm",
      model: "OcaModelId", info: "OcaModelInfo",
      defaultModel: "anthropic/claude-3-7-sonnet-20250219", variables: ["OCA_API_KEY"],
      auth: .oauth,
      otherState: ["ocaMode", "planModeOcaReasoningEffort", "actModeOcaReasoningEffort"]),
    ProviderSlot(
      "aihubmix", "AI Hub Mix", legacy: "aihubmix", key: "aihubmixApiKey", url: "aihubmixBaseUrl",
      defaultURL: "https://api.aihubmix.com/v1", model: "AihubmixModelId",
      info: "AihubmixModelInfo", defaultModel: "gpt-4o", variables: ["AIHUBMIX_API_KEY"],
      otherState: ["aihubmixAppCode"]),
    ProviderSlot(
      "minimax", "MiniMax (minimax.io)", legacy: "minimax", key: "minimaxApiKey",
      defaultURL: "https://api.minimax.io/anthropic/v1", line: "minimaxApiLine",
      lines: [
        "china": "https://api.minimaxi.com/anthropic/v1",
        "international": "https://api.minimax.io/anthropic/v1",
      ], defaultModel: "MiniMax-M3", variables: ["MINIMAX_API_KEY"], wire: .anthropic,
      otherState: ["minimaxApiLine"]),
    ProviderSlot(
      "hicap", "HiCap", legacy: "hicap", key: "hicapApiKey", defaultURL: "https://api.hicap.ai/v1",
      model: "HicapModelId", info: "HicapModelInfo", defaultModel: "hicap-pro",
      variables: ["HICAP_API_KEY"], otherState: ["hicapModelId"]),
    ProviderSlot(
      "nousResearch", "Nous Research", legacy: "nousResearch", key: "nousResearchApiKey",
      defaultURL: "https://inference-api.nousresearch.com/v1", model: "NousResearchModelId",
      defaultModel: "DeepHermes-3-Llama-3-3-70B-Preview",
      variables: ["NOUS_RESEARCH_API_KEY", "NOUSRESEARCH_API_KEY"]),
    ProviderSlot(
      "wandb", "Weights & Biases", legacy: "wandb", key: "wandbApiKey",
      defaultURL: "https://api.inference.wandb.ai/v1", defaultModel: "Qwen/Qwen3.8-27B",
      variables: ["WANDB_API_KEY"]),
    ProviderSlot(
      "xiaomi", "Xiaomi", legacy: "xiaomi", inLegacyBundle: false,
      defaultURL: "https://api.xiaomimimo.com/v1", defaultModel: "mimo-v2.5-pro-ultraspeed",
      variables: ["XIAOMI_API_KEY"]),
    ProviderSlot(
      "tencent-tokenhub", "Tencent TokenHub", legacy: "tencent-tokenhub", inLegacyBundle: false,
      defaultURL: "https://tokenhub.tencentmaas.com/v1", defaultModel: "hy3",
      variables: ["TENCENT_TOKENHUB_API_KEY"]),
    ProviderSlot(
      "chutes", "Chutes", legacy: "chutes", inLegacyBundle: false,
      defaultURL: "https://llm.chutes.ai/v1", defaultModel: "Qwen/Qwen3.8-27B-TEE",
      variables: ["CHUTES_API_KEY"]),
  ]
}
