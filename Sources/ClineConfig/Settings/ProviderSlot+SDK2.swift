// The provider table of Cline 4.1.13 (SDK 0.0.78): apps/vscode/src/shared/storage/provider-keys.ts,
// sdk/packages/llms/src/providers/{builtins,providers.generated}.ts. A test holds it against
// Fixtures/cline-source/cline-keys.json.

extension ProviderSlot {
  /// The second half of ``sdkOnly``: a file is of a size that one reads.
  static let sdkOnlySecondHalf: [ProviderSlot] = [
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
