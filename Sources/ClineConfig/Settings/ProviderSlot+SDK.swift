// The provider table of Cline 4.1.13 (SDK 0.0.78): apps/vscode/src/shared/storage/provider-keys.ts,
// sdk/packages/llms/src/providers/{builtins,providers.generated}.ts. A test holds it against
// Fixtures/cline-source/cline-keys.json.

extension ProviderSlot {
  /// The providers that only the SDK knows: the CLI, and `providers.json`.
  static let sdkOnly = sdkOnlyFirstHalf + sdkOnlySecondHalf

  private static let sdkOnlyFirstHalf: [ProviderSlot] = [
    ProviderSlot(
      "elevenlabs", "ElevenLabs", defaultURL: "https://api.elevenlabs.io/v1",
      defaultModel: "scribe_v2", variables: ["ELEVENLABS_API_KEY"]),
    ProviderSlot(
      "openai-codex-cli", "OpenAI Codex CLI", defaultURL: "https://chatgpt.com/backend-api/codex",
      defaultModel: "gpt-5.6-sol", auth: .localCLI),
    ProviderSlot(
      "opencode", "OpenCode", defaultModel: "openai/gpt-5.6-sol", variables: ["OPENCODE_API_KEY"],
      auth: .localCLI),
    ProviderSlot(
      "kilo", "Kilo Gateway", defaultURL: "https://api.kilo.ai/api/gateway", defaultModel: "gpt-4o",
      variables: ["KILO_GATEWAY_API_KEY"], wire: .openAIResponses),
    ProviderSlot(
      "302ai", "302.AI", defaultURL: "https://api.302.ai/v1", defaultModel: "claude-opus-4-7",
      variables: ["302AI_API_KEY"]),
    ProviderSlot(
      "abacus", "Abacus", defaultURL: "https://routellm.abacus.ai/v1",
      defaultModel: "gemini-3.7-flash", variables: ["ABACUS_API_KEY"]),
    ProviderSlot(
      "abliteration-ai", "abliteration.ai", defaultURL: "https://api.abliteration.ai/v1",
      defaultModel: "abliterated-model-large", variables: ["ABLIT_KEY"]),
    ProviderSlot(
      "ai-router", "AI-ROUTER", defaultURL: "https://api.ai-router.dev/v1",
      defaultModel: "gpt-5.6-luna", variables: ["AI_ROUTER_API_KEY"]),
    ProviderSlot(
      "aiand", "ai&", defaultURL: "https://api.aiand.com/v1", defaultModel: "moonshotai/kimi-k3",
      variables: ["AIAND_API_KEY"]),
    ProviderSlot(
      "aki-io", "AKI.IO", defaultURL: "https://aki.io/v1", defaultModel: "kimi-k2.7-code-1100b",
      variables: ["AKI_IO_API_KEY"]),
    ProviderSlot(
      "alibaba", "Alibaba", defaultURL: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      defaultModel: "qwen3.8-max", variables: ["DASHSCOPE_API_KEY"]),
    ProviderSlot(
      "alibaba-cn", "Alibaba (China)",
      defaultURL: "https://dashscope.aliyuncs.com/compatible-mode/v1", defaultModel: "qwen3.8-max",
      variables: ["DASHSCOPE_API_KEY"]),
    ProviderSlot(
      "alibaba-coding-plan", "Alibaba Coding Plan",
      defaultURL: "https://coding-intl.dashscope.aliyuncs.com/v1", defaultModel: "qwen3.7-plus",
      variables: ["ALIBABA_CODING_PLAN_API_KEY"]),
    ProviderSlot(
      "alibaba-coding-plan-cn", "Alibaba Coding Plan (China)",
      defaultURL: "https://coding.dashscope.aliyuncs.com/v1", defaultModel: "qwen3.7-plus",
      variables: ["ALIBABA_CODING_PLAN_API_KEY"]),
    ProviderSlot(
      "alibaba-token-plan", "Alibaba Token Plan",
      defaultURL: "https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1",
      defaultModel: "deepseek-v4-pro-0813", variables: ["ALIBABA_TOKEN_PLAN_API_KEY"]),
    ProviderSlot(
      "alibaba-token-plan-cn", "Alibaba Token Plan (China)",
      defaultURL: "https://token-plan.cn-beijing.maas.aliyuncs.com/compatible-mode/v1",
      defaultModel: "deepseek-v4-pro-0813", variables: ["ALIBABA_TOKEN_PLAN_API_KEY"]),
    ProviderSlot(
      "ambient", "Ambient", defaultURL: "https://api.ambient.xyz/v1",
      defaultModel: "deepseek/deepseek-v4-flash-0731", variables: ["AMBIENT_API_KEY"]),
    ProviderSlot(
      "amd", "AMD", defaultURL: "https://developer.amd.com.cn/radeon/api/v1",
      defaultModel: "DeepSeek-V4-Flash", variables: ["AMD_API_KEY"]),
    ProviderSlot(
      "anyapi", "AnyAPI", defaultURL: "https://api.anyapi.ai/v1",
      defaultModel: "deepseek/deepseek-v4-flash", variables: ["ANYAPI_API_KEY"]),
    ProviderSlot(
      "arcee", "Arcee", defaultURL: "https://api.arcee.ai/api/v1",
      defaultModel: "deepseek/deepseek-v4-pro-0813", variables: ["ARCEE_API_KEY"]),
    ProviderSlot(
      "atomic-chat", "Atomic Chat", defaultURL: "http://127.0.0.1:1337/v1",
      defaultModel: "Qwen3_5-9B-MLX-4bit", variables: ["ATOMIC_CHAT_API_KEY"]),
    ProviderSlot(
      "auriko", "Auriko", defaultURL: "https://api.auriko.ai/v1", defaultModel: "deepseek-v4-flash",
      variables: ["AURIKO_API_KEY"]),
    ProviderSlot(
      "bailing", "Bailing", defaultURL: "https://api.tbox.cn/api/llm/v1/chat/completions",
      defaultModel: "Ling-1T", variables: ["BAILING_API_TOKEN"]),
    ProviderSlot(
      "berget", "Berget.AI", defaultURL: "https://api.berget.ai/v1",
      defaultModel: "moonshotai/Kimi-K3", variables: ["BERGET_API_KEY"]),
    ProviderSlot(
      "blueclaw", "Blue Claw", defaultURL: "https://openai.blueclaw.network/v1",
      defaultModel: "Qwen3.6-27B", variables: ["BLUECLAW_API_KEY"]),
    ProviderSlot(
      "clarifai", "Clarifai", defaultURL: "https://api.clarifai.com/v2/ext/openai/v1",
      defaultModel: "moonshotai/chat-completion/models/Kimi-K2_6", variables: ["CLARIFAI_PAT"]),
    ProviderSlot(
      "claudinio", "Claudinio", defaultURL: "https://api.claudin.io/v1", defaultModel: "claudinio",
      variables: ["CLAUDINIO_API_KEY"]),
    ProviderSlot(
      "cloudferro-sherlock", "CloudFerro Sherlock",
      defaultURL: "https://api-sherlock.cloudferro.com/openai/v1",
      defaultModel: "MiniMaxAI/MiniMax-M2.5", variables: ["CLOUDFERRO_SHERLOCK_API_KEY"]),
    ProviderSlot(
      "cloudflare-workers-ai", "Cloudflare Workers AI",
      defaultURL: "https://api.cloudflare.com/client/v4/accounts/${CLOUDFLARE_ACCOUNT_ID}/ai/v1",
      defaultModel: "@cf/qwen/qwen3.8-27b",
      variables: ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_KEY"]),
    ProviderSlot(
      "coralbricks", "CoralBricks", defaultURL: "https://inference.coralbricks.ai/v1",
      defaultModel: "kimi-k3", variables: ["CORAL_API_KEY"]),
    ProviderSlot(
      "cortecs", "Cortecs", defaultURL: "https://api.cortecs.ai/v1", defaultModel: "qwen3.8-27b",
      variables: ["CORTECS_API_KEY"]),
    ProviderSlot(
      "crof", "CrofAI", defaultURL: "https://crof.ai/v1", defaultModel: "qwen3.8-27b",
      variables: ["CROF_API_KEY"]),
    ProviderSlot(
      "crossmodel", "CrossModel", defaultURL: "https://api.crossmodel.ai/v1",
      defaultModel: "deepseek/deepseek-v4-flash-vision-exp", variables: ["CROSSMODEL_API_KEY"]),
    ProviderSlot(
      "crusoe", "Crusoe", defaultURL: "https://api.inference.crusoecloud.com/v1",
      defaultModel: "zai/GLM-5.2", variables: ["CRUSOE_API_KEY"]),
    ProviderSlot(
      "daoxe", "DaoXE", defaultURL: "https://daoxe.com/v1", defaultModel: "grok-4.5",
      variables: ["DAOXE_API_KEY"]),
    ProviderSlot(
      "databricks", "Databricks", defaultURL: "https://${DATABRICKS_HOST}/ai-gateway/mlflow/v1",
      defaultModel: "databricks-gpt-5-6-luna", variables: ["DATABRICKS_HOST", "DATABRICKS_TOKEN"]),
    ProviderSlot(
      "digitalocean", "DigitalOcean", defaultURL: "https://inference.do-ai.run/v1",
      defaultModel: "deepseek-v4-pro-0813", variables: ["DIGITALOCEAN_ACCESS_TOKEN"]),
    ProviderSlot(
      "dinference", "DInference", defaultURL: "https://api.dinference.com/v1",
      defaultModel: "glm-5.2", variables: ["DINFERENCE_API_KEY"]),
    ProviderSlot(
      "drun", "D.Run (China)", defaultURL: "https://chat.d.run/v1",
      defaultModel: "public/minimax-m25", variables: ["DRUN_API_KEY"]),
    ProviderSlot(
      "ebcloud", "EBCloud", defaultURL: "https://maas-api.ebcloud.com/v1",
      defaultModel: "DeepSeek-V4-Flash", variables: ["EBCLOUD_API_KEY"]),
    ProviderSlot(
      "echo", "Echo", defaultURL: "https://echo.tracerml.ai/v1", defaultModel: "echo",
      variables: ["ECHO_API_KEY"]),
    ProviderSlot(
      "edenai", "Eden AI", defaultURL: "https://api.edenai.run/v3",
      defaultModel: "deepseek/deepseek-v4-flash-vision-exp", variables: ["EDENAI_API_KEY"]),
    ProviderSlot(
      "empiriolabs", "EmpirioLabs AI", defaultURL: "https://api.empiriolabs.ai/v1",
      defaultModel: "glm-5-3", variables: ["EMPIRIOLABS_API_KEY"]),
    ProviderSlot(
      "evroc", "evroc", defaultURL: "https://models.think.evroc.com/v1",
      defaultModel: "zai-org/GLM-5.2", variables: ["EVROC_API_KEY"]),
    ProviderSlot(
      "fastrouter", "FastRouter", defaultURL: "https://go.fastrouter.ai/api/v1",
      defaultModel: "anthropic/claude-opus-4.8", variables: ["FASTROUTER_API_KEY"]),
    ProviderSlot(
      "freemodel", "FreeModel", defaultURL: "https://cc.freemodel.dev/v1",
      defaultModel: "claude-fable-5", variables: ["FREEMODEL_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "friendli", "Friendli", defaultURL: "https://api.friendli.ai/serverless/v1",
      defaultModel: "zai-org/GLM-5.2", variables: ["FRIENDLI_TOKEN"]),
    ProviderSlot(
      "frogbot", "FrogBot", defaultURL: "https://app.frogbot.ai/api/v1", defaultModel: "grok-4-3",
      variables: ["FROGBOT_API_KEY"]),
    ProviderSlot(
      "github-copilot", "GitHub Copilot", defaultURL: "https://api.githubcopilot.com",
      defaultModel: "gemini-3.7-flash", variables: ["GITHUB_TOKEN"]),
    ProviderSlot(
      "gmicloud", "GMI Cloud", defaultURL: "https://api.gmi-serving.com/v1",
      defaultModel: "zai-org/GLM-5.2-FP8", variables: ["GMICLOUD_API_KEY"]),
    ProviderSlot(
      "greenpt", "GreenPT", defaultURL: "https://api.greenpt.ai/v1",
      defaultModel: "deepseek-v4-flash-0731", variables: ["GREENPT_API_KEY"]),
    ProviderSlot(
      "helicone", "Helicone", defaultURL: "https://ai-gateway.helicone.ai/v1",
      defaultModel: "claude-4.5-opus", variables: ["HELICONE_API_KEY"]),
    ProviderSlot(
      "hetzner", "Hetzner", defaultURL: "https://inference.hetzner.com/api/v1",
      defaultModel: "Qwen3.8-27B", variables: ["HETZNER_API_KEY"]),
    ProviderSlot(
      "hpc-ai", "HPC-AI", defaultURL: "https://api.hpc-ai.com/inference/v1",
      defaultModel: "zai-org/glm-5.2", variables: ["HPC_AI_API_KEY"]),
    ProviderSlot(
      "hyper", "Charm Hyper", defaultURL: "https://hyper.charm.land/v1",
      defaultModel: "deepseek-v4-pro-0813", variables: ["HYPER_API_KEY"]),
    ProviderSlot(
      "iflowcn", "iFlow", defaultURL: "https://apis.iflow.cn/v1", defaultModel: "kimi-k2-0905",
      variables: ["IFLOW_API_KEY"]),
    ProviderSlot(
      "impossibl", "Impossibl", defaultURL: "https://api.impossibl.com/v1",
      defaultModel: "google/gemini-3.5-flash-lite", variables: ["IMPOSSIBL_API_KEY"]),
    ProviderSlot(
      "inception", "Inception", defaultURL: "https://api.inceptionlabs.ai/v1",
      defaultModel: "mercury-2", variables: ["INCEPTION_API_KEY"]),
    ProviderSlot(
      "inceptron", "Inceptron", defaultURL: "https://api.inceptron.io/v1",
      defaultModel: "deepseek-ai/DeepSeek-V4-Flash-0731", variables: ["INCEPTRON_API_KEY"]),
    ProviderSlot(
      "inference", "Inference", defaultURL: "https://inference.net/v1",
      defaultModel: "google/gemma-3", variables: ["INFERENCE_API_KEY"]),
    ProviderSlot(
      "inferx", "InferX", defaultURL: "https://model.inferx.net/endpoints/v1",
      defaultModel: "Agents-A1", variables: ["INFERX_API_KEY"]),
    ProviderSlot(
      "infomaniak", "Infomaniak",
      defaultURL: "https://api.infomaniak.com/2/ai/${INFOMANIAK_PRODUCT_ID}/openai/v1",
      defaultModel: "swiss-ai/Apertus-v1.5-70B",
      variables: ["INFOMANIAK_API_KEY", "INFOMANIAK_PRODUCT_ID"]),
    ProviderSlot(
      "io-net", "IO.NET", defaultURL: "https://api.intelligence.io.solutions/api/v1",
      defaultModel: "Qwen/Qwen3-235B-A22B-Thinking-2507", variables: ["IOINTELLIGENCE_API_KEY"]),
    ProviderSlot(
      "jalapeno", "Jalapeno Cloud", defaultURL: "https://api.jalapeno-cloud.ai/v1",
      defaultModel: "Kimi-K3", variables: ["JALAPENO_API_KEY"]),
    ProviderSlot(
      "jiekou", "Jiekou.AI", defaultURL: "https://api.jiekou.ai/openai",
      defaultModel: "claude-opus-4-6", variables: ["JIEKOU_API_KEY"]),
    ProviderSlot(
      "kenari", "Kenari", defaultURL: "https://kenari.id/v1", defaultModel: "kimi-k3",
      variables: ["KENARI_API_KEY"]),
    ProviderSlot(
      "kimi-for-coding", "Kimi For Coding", defaultURL: "https://api.kimi.com/coding/v1",
      defaultModel: "k3", variables: ["KIMI_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "kosmik", "Kosmik Compute", defaultURL: "https://api.koscompute.com/v1",
      defaultModel: "qwen/qwen3.8-27b", variables: ["KOSMIK_API_KEY"]),
    ProviderSlot(
      "kuae-cloud-coding-plan", "KUAE Cloud Coding Plan",
      defaultURL: "https://coding-plan-endpoint.kuaecloud.net/v1", defaultModel: "GLM-4.7",
      variables: ["KUAE_API_KEY"]),
    ProviderSlot(
      "lilac", "Lilac", defaultURL: "https://api.getlilac.com/v1", defaultModel: "zai-org/glm-5.2",
      variables: ["LILAC_API_KEY"]),
    ProviderSlot(
      "llama", "Llama", defaultURL: "https://api.llama.com/compat/v1",
      defaultModel: "cerebras-llama-4-maverick-17b-128e-instruct", variables: ["LLAMA_API_KEY"]),
    ProviderSlot(
      "llmgateway", "DevPass (LLM Gateway)", defaultURL: "https://api.llmgateway.io/v1",
      defaultModel: "glm-5.3", variables: ["LLMGATEWAY_API_KEY"]),
    ProviderSlot(
      "llmgateway-providers", "LLM Gateway", defaultURL: "https://api.llmgateway.io/v1",
      defaultModel: "zai/glm-5.3", variables: ["LLMGATEWAY_API_KEY"]),
    ProviderSlot(
      "llmtr", "LLMTR", defaultURL: "https://llmtr.com/v1", defaultModel: "muse-glimmer-30b-tr",
      variables: ["LLMTR_API_KEY"]),
  ]
}
