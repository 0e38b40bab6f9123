// The provider table of Cline 4.1.13 (SDK 0.0.78): apps/vscode/src/shared/storage/provider-keys.ts,
// sdk/packages/llms/src/providers/{builtins,providers.generated}.ts. A test holds it against
// Fixtures/cline-source/cline-keys.json.

extension ProviderSlot {
  /// The providers that only the SDK knows: the CLI, and `providers.json`.
  static let sdkOnly: [ProviderSlot] = [
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
    ProviderSlot(
      "longcat", "LongCat", defaultURL: "https://api.longcat.chat/openai",
      defaultModel: "LongCat-2.0", variables: ["LONGCAT_API_KEY"]),
    ProviderSlot(
      "lucidquery", "LucidQuery", defaultURL: "https://api.lucidquery.com/v1",
      defaultModel: "lucidquery-agi-01-frontier", variables: ["LUCIDQUERY_API_KEY"]),
    ProviderSlot(
      "lynkr", "Lynkr", defaultURL: "http://127.0.0.1:8081/v1", defaultModel: "lynkr-auto",
      variables: ["LYNKR_API_KEY"]),
    ProviderSlot(
      "meganova", "Meganova", defaultURL: "https://api.meganova.ai/v1",
      defaultModel: "MiniMaxAI/MiniMax-M2.5", variables: ["MEGANOVA_API_KEY"]),
    ProviderSlot(
      "meta", "Meta", defaultURL: "https://api.meta.ai/v1", defaultModel: "muse-spark-1.2",
      variables: ["META_MODEL_API_KEY"], wire: .openAIResponses),
    ProviderSlot(
      "minimax-cn", "MiniMax (minimaxi.com)", defaultURL: "https://api.minimaxi.com/anthropic/v1",
      defaultModel: "MiniMax-M3", variables: ["MINIMAX_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "minimax-cn-coding-plan", "MiniMax Token Plan (minimaxi.com)",
      defaultURL: "https://api.minimaxi.com/anthropic/v1", defaultModel: "MiniMax-M3",
      variables: ["MINIMAX_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "minimax-coding-plan", "MiniMax Token Plan (minimax.io)",
      defaultURL: "https://api.minimax.io/anthropic/v1", defaultModel: "MiniMax-M3",
      variables: ["MINIMAX_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "mixlayer", "Mixlayer", defaultURL: "https://models.mixlayer.ai/v1",
      defaultModel: "qwen/qwen3.5-122b-a10b", variables: ["MIXLAYER_API_KEY"]),
    ProviderSlot(
      "moark", "Moark", defaultURL: "https://moark.com/v1", defaultModel: "MiniMax-M2.1",
      variables: ["MOARK_API_KEY"]),
    ProviderSlot(
      "modal", "Modal", defaultURL: "https://inference.us-west.modal.direct/v1",
      defaultModel: "moonshotai/Kimi-K3", variables: ["MODAL_PROXY_TOKEN"]),
    ProviderSlot(
      "model-oracle-ai", "Model Oracle AI", defaultURL: "https://api.modeloracle.com/api/v1",
      defaultModel: "claude-sonnet-5", variables: ["MODEL_ORACLE_API_KEY"]),
    ProviderSlot(
      "modelis", "Modelis", defaultURL: "https://modelishub.com/v1", defaultModel: "claude-fable-5",
      variables: ["MODELIS_API_KEY"]),
    ProviderSlot(
      "modelscope", "ModelScope", defaultURL: "https://api-inference.modelscope.cn/v1",
      defaultModel: "ZhipuAI/GLM-4.6", variables: ["MODELSCOPE_API_KEY"]),
    ProviderSlot(
      "moonshotai-cn", "Moonshot AI (China)", defaultURL: "https://api.moonshot.cn/v1",
      defaultModel: "kimi-k3", variables: ["MOONSHOT_API_KEY"]),
    ProviderSlot(
      "morph", "Morph", defaultURL: "https://api.morphllm.com/v1", variables: ["MORPH_API_KEY"]),
    ProviderSlot(
      "nano-gpt", "NanoGPT", defaultURL: "https://nano-gpt.com/api/v1",
      defaultModel: "google/gemma-4-26b-a4b-uncensored", variables: ["NANO_GPT_API_KEY"]),
    ProviderSlot(
      "nearai", "NEAR AI Cloud", defaultURL: "https://cloud-api.near.ai/v1",
      defaultModel: "google/gemini-3.5-flash", variables: ["NEARAI_API_KEY"]),
    ProviderSlot(
      "neon", "Neon", defaultURL: "${NEON_AI_GATEWAY_BASE_URL}/v1", defaultModel: "claude-opus-5",
      variables: ["NEON_AI_GATEWAY_BASE_URL", "NEON_AI_GATEWAY_TOKEN"]),
    ProviderSlot(
      "neuralwatt", "Neuralwatt", defaultURL: "https://api.neuralwatt.com/v1",
      defaultModel: "kimi-k3", variables: ["NEURALWATT_API_KEY"]),
    ProviderSlot(
      "nova", "Nova", defaultURL: "https://api.nova.amazon.com/v1", defaultModel: "nova-2-pro-v1",
      variables: ["NOVA_API_KEY"]),
    ProviderSlot(
      "novita-ai", "NovitaAI", defaultURL: "https://api.novita.ai/openai",
      defaultModel: "moonshotai/kimi-k3", variables: ["NOVITA_API_KEY"]),
    ProviderSlot(
      "nvidia", "Nvidia", defaultURL: "https://integrate.api.nvidia.com/v1",
      defaultModel: "nvidia/nemotron-3.5-lightning-30b-a3b", variables: ["NVIDIA_API_KEY"]),
    ProviderSlot(
      "ofox", "Ofox", defaultURL: "https://api.ofox.ai/v1",
      defaultModel: "deepseek/deepseek-v4-flash-vision-exp", variables: ["OFOX_API_KEY"]),
    ProviderSlot(
      "opencode-go", "OpenCode Go", defaultURL: "https://opencode.ai/zen/go/v1",
      defaultModel: "deepseek-v4-flash-vision-exp", variables: ["OPENCODE_API_KEY"]),
    ProviderSlot(
      "orcarouter", "OrcaRouter", defaultURL: "https://api.orcarouter.ai/v1",
      defaultModel: "google/gemini-flash-latest", variables: ["ORCAROUTER_API_KEY"]),
    ProviderSlot(
      "ovhcloud", "OVHcloud AI Endpoints",
      defaultURL: "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1", defaultModel: "qwen3.6-27b",
      variables: ["OVHCLOUD_API_KEY"]),
    ProviderSlot(
      "perplexity-agent", "Perplexity Agent", defaultURL: "https://api.perplexity.ai/v1",
      defaultModel: "xai/grok-4.6", variables: ["PERPLEXITY_API_KEY"], wire: .openAIResponses),
    ProviderSlot(
      "pioneer", "Pioneer", defaultURL: "https://api.pioneer.ai/v1",
      defaultModel: "nvidia/NVIDIA-Nemotron-3.5-Lightning-30B-A3B-BF16",
      variables: ["PIONEER_API_KEY"]),
    ProviderSlot(
      "poe", "Poe", defaultURL: "https://api.poe.com/v1", defaultModel: "anthropic/claude-opus-4.8",
      variables: ["POE_API_KEY"]),
    ProviderSlot(
      "privatemode-ai", "Privatemode AI", defaultURL: "http://localhost:8080/v1",
      defaultModel: "kimi-k2.6", variables: ["PRIVATEMODE_API_KEY", "PRIVATEMODE_ENDPOINT"]),
    ProviderSlot(
      "qihang-ai", "QiHang", defaultURL: "https://api.qhaigc.net/v1",
      defaultModel: "gemini-2.5-flash", variables: ["QIHANG_API_KEY"]),
    ProviderSlot(
      "qiniu-ai", "Qiniu", defaultURL: "https://api.qnaigc.com/v1",
      defaultModel: "qwen3.5-397b-a17b", variables: ["QINIU_API_KEY"]),
    ProviderSlot(
      "regolo-ai", "Regolo AI", defaultURL: "https://api.regolo.ai/v1", defaultModel: "glm5.2",
      variables: ["REGOLO_API_KEY"]),
    ProviderSlot(
      "routing-run", "routing.run", defaultURL: "https://api.routing.run/v1",
      defaultModel: "gpt-5.6-luna", variables: ["ROUTING_RUN_API_KEY"]),
    ProviderSlot(
      "runinfra", "RunInfra", defaultURL: "https://api.runinfra.ai/v1",
      defaultModel: "Qwen/Qwen3.8-27B", variables: ["RUNINFRA_GATEWAY_KEY"]),
    ProviderSlot(
      "sakana", "Sakana AI", defaultURL: "https://api.sakana.ai/v1", defaultModel: "sakana-namazu",
      variables: ["SAKANA_API_KEY"]),
    ProviderSlot(
      "sarvam", "Sarvam AI", defaultURL: "https://api.sarvam.ai/v1", defaultModel: "sarvam-105b",
      variables: ["SARVAM_API_KEY"]),
    ProviderSlot(
      "scaleway", "Scaleway", defaultURL: "https://api.scaleway.ai/v1",
      defaultModel: "deepseek-v4-flash-0731", variables: ["SCALEWAY_API_KEY"]),
    ProviderSlot(
      "scnet-token-plan", "SCNet Token Plan", defaultURL: "https://api.scnet.cn/api/llm/v1",
      defaultModel: "Qwen3.8-Max", variables: ["SCNET_API_KEY"]),
    ProviderSlot(
      "scx-ai", "SCX.ai", defaultURL: "https://api.scx.ai/v1", defaultModel: "Qwen3.8-Max",
      variables: ["SCX_API_KEY"]),
    ProviderSlot(
      "siliconflow", "SiliconFlow", defaultURL: "https://api.siliconflow.com/v1",
      defaultModel: "zai-org/GLM-5.2", variables: ["SILICONFLOW_API_KEY"]),
    ProviderSlot(
      "siliconflow-cn", "SiliconFlow (China)", defaultURL: "https://api.siliconflow.cn/v1",
      defaultModel: "zai-org/GLM-5.2", variables: ["SILICONFLOW_CN_API_KEY"]),
    ProviderSlot(
      "snowflake-cortex", "Snowflake Cortex",
      defaultURL: "https://${SNOWFLAKE_ACCOUNT}.snowflakecomputing.com/api/v2/cortex/v1",
      defaultModel: "claude-opus-5", variables: ["SNOWFLAKE_ACCOUNT", "SNOWFLAKE_CORTEX_PAT"]),
    ProviderSlot(
      "stackit", "STACKIT",
      defaultURL: "https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1",
      defaultModel: "Qwen/Qwen3.6-27B", variables: ["STACKIT_API_KEY"]),
    ProviderSlot(
      "stepfun", "StepFun (China)", defaultURL: "https://api.stepfun.com/v1",
      defaultModel: "step-3.7-flash", variables: ["STEPFUN_API_KEY"]),
    ProviderSlot(
      "stepfun-ai", "StepFun (Global)", defaultURL: "https://api.stepfun.ai/v1",
      defaultModel: "step-3.7-flash", variables: ["STEPFUN_API_KEY"]),
    ProviderSlot(
      "stepfun-ai-step-plan", "StepFun Step Plan (Global)",
      defaultURL: "https://api.stepfun.ai/step_plan/v1", defaultModel: "step-3.7-flash",
      variables: ["STEPFUN_API_KEY"]),
    ProviderSlot(
      "stepfun-step-plan", "StepFun Step Plan (China)",
      defaultURL: "https://api.stepfun.com/step_plan/v1", defaultModel: "step-3.7-flash",
      variables: ["STEPFUN_API_KEY"]),
    ProviderSlot(
      "subconscious", "Subconscious", defaultURL: "https://api.subconscious.dev/v1",
      defaultModel: "subconscious/glm-5.2", variables: ["SUBCONSCIOUS_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "submodel", "submodel", defaultURL: "https://llm.submodel.ai/v1",
      defaultModel: "deepseek-ai/DeepSeek-R1-0528", variables: ["SUBMODEL_INSTAGEN_ACCESS_KEY"]),
    ProviderSlot(
      "synthetic", "Synthetic", defaultURL: "https://api.synthetic.new/openai/v1",
      defaultModel: "hf:moonshotai/Kimi-K3", variables: ["SYNTHETIC_API_KEY"]),
    ProviderSlot(
      "tencent-coding-plan", "Tencent Coding Plan (China)",
      defaultURL: "https://api.lkeap.cloud.tencent.com/coding/v3",
      defaultModel: "hunyuan-2.0-instruct", variables: ["TENCENT_CODING_PLAN_API_KEY"]),
    ProviderSlot(
      "tencent-token-plan", "Tencent Token Plan",
      defaultURL: "https://api.lkeap.cloud.tencent.com/plan/v3", defaultModel: "hy3",
      variables: ["TENCENT_TOKEN_PLAN_API_KEY"]),
    ProviderSlot(
      "tensorx", "TensorX", defaultURL: "https://api.tensorx.ai/v1",
      defaultModel: "deepseek/deepseek-v4-flash-0731", variables: ["TENSORX_API_KEY"]),
    ProviderSlot(
      "the-grid-ai", "The Grid AI", defaultURL: "https://api.thegrid.ai/v1",
      defaultModel: "agent-max", variables: ["THEGRID_API_KEY"]),
    ProviderSlot(
      "thinkingmachines", "Thinking Machines",
      defaultURL: "https://tinker.thinkingmachines.dev/services/tinker-prod/anthropic/api/v1",
      defaultModel: "thinkingmachines/Inkling", variables: ["TINKER_API_KEY"], wire: .anthropic),
    ProviderSlot(
      "tinfoil", "Tinfoil", defaultURL: "https://inference.tinfoil.sh/v1",
      defaultModel: "deepseek-v4-flash", variables: ["TINFOIL_API_KEY"]),
    ProviderSlot(
      "trustedrouter", "TrustedRouter", defaultURL: "https://api.trustedrouter.com/v1",
      defaultModel: "synth", variables: ["TRUSTEDROUTER_API_KEY"]),
    ProviderSlot(
      "umans-ai", "Umans AI", defaultURL: "https://api.code.umans.ai/v1",
      defaultModel: "umans-deepseek-v4-pro-0813", variables: ["UMANS_AI_API_KEY"]),
    ProviderSlot(
      "umans-ai-coding-plan", "Umans AI Coding Plan", defaultURL: "https://api.code.umans.ai/v1",
      defaultModel: "umans-deepseek-v4-pro-0813", variables: ["UMANS_AI_CODING_PLAN_API_KEY"]),
    ProviderSlot(
      "unorouter", "UnoRouter", defaultURL: "https://api.unorouter.com/v1",
      defaultModel: "claude-sonnet-5", variables: ["UNOROUTER_API_KEY"]),
    ProviderSlot(
      "upstage", "Upstage", defaultURL: "https://api.upstage.ai/v1/solar",
      defaultModel: "solar-pro4", variables: ["UPSTAGE_API_KEY"]),
    ProviderSlot(
      "vivgrid", "Vivgrid", defaultURL: "https://api.vivgrid.com/v1", defaultModel: "glm-5.3",
      variables: ["VIVGRID_API_KEY"], wire: .openAIResponses),
    ProviderSlot(
      "vultr", "Vultr", defaultURL: "https://api.vultrinference.com/v1",
      defaultModel: "zai-org/GLM-5.2-FP8", variables: ["VULTR_API_KEY"]),
    ProviderSlot(
      "wafer.ai", "Wafer", defaultURL: "https://pass.wafer.ai/v1", defaultModel: "GLM-5.2",
      variables: ["WAFER_API_KEY"]),
    ProviderSlot(
      "xiaomi-token-plan-ams", "Xiaomi Token Plan (Europe)",
      defaultURL: "https://token-plan-ams.xiaomimimo.com/v1", defaultModel: "mimo-v2.5",
      variables: ["XIAOMI_API_KEY"]),
    ProviderSlot(
      "xiaomi-token-plan-cn", "Xiaomi Token Plan (China)",
      defaultURL: "https://token-plan-cn.xiaomimimo.com/v1", defaultModel: "mimo-v2.5",
      variables: ["XIAOMI_API_KEY"]),
    ProviderSlot(
      "xiaomi-token-plan-sgp", "Xiaomi Token Plan (Singapore)",
      defaultURL: "https://token-plan-sgp.xiaomimimo.com/v1", defaultModel: "mimo-v2.5",
      variables: ["XIAOMI_API_KEY"]),
    ProviderSlot(
      "xpersona", "Xpersona", defaultURL: "https://www.xpersona.co/v1", defaultModel: "gpt-5.6",
      variables: ["XPERSONA_API_KEY"]),
    ProviderSlot(
      "zeldoc", "Zeldoc", defaultURL: "https://api.zeldoc.ai/v1", defaultModel: "zdev",
      variables: ["ZELDOC_API_KEY"]),
    ProviderSlot(
      "zenifra", "Zenifra", defaultURL: "https://ai.zenifra.com/v1",
      defaultModel: "alibaba/qwen3.6-35b-a3b", variables: ["ZENIFRA_AI_KEY"]),
    ProviderSlot(
      "zenmux", "ZenMux", defaultURL: "https://zenmux.ai/api/v1",
      defaultModel: "moonshotai/kimi-k3", variables: ["ZENMUX_API_KEY"]),
    ProviderSlot(
      "zhipuai", "Zhipu AI", defaultURL: "https://open.bigmodel.cn/api/paas/v4",
      defaultModel: "glm-5.2", variables: ["ZHIPU_API_KEY"]),
    ProviderSlot(
      "zhipuai-coding-plan", "Zhipu AI Coding Plan",
      defaultURL: "https://open.bigmodel.cn/api/coding/paas/v4", defaultModel: "glm-5.3",
      variables: ["ZHIPU_API_KEY"]),
  ]
}
