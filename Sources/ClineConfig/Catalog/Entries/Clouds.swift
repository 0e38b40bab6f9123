extension ProviderCatalog {
  /// Clouds: often with a resource's name in the host.
  static let clouds: [Provider] = [
    Provider(
      "vertex", "Google Vertex AI", .cloud,
      slot: "vertex",
      aliases: ["gcp vertex", "vertex ai"],
      family: "google",
      roots: [
        "https://{region}-aiplatform.googleapis.com/v1/projects/{project}/locations/{region}/endpoints/openapi"
      ],
      websites: ["cloud.google.com"],
      dashboards: ["console.cloud.google.com"],
      keysURL: "https://console.cloud.google.com/apis/credentials",
      models: ["claude-*@*", "gemini-*", "google/gemini-*"],
      exampleModels: ["claude-opus-5@default", "claude-haiku-4-5@20251001", "gemini-3.7-flash"],
      modelsPath: nil,
      notes: ["wants a project, a region and Google's own credentials, not a key"]),
    Provider(
      "azure-openai", "Azure OpenAI / Azure AI Foundry", .cloud,
      aliases: ["azure", "azure ai foundry", "azure-cognitive-services"],
      roots: [
        "https://{resource}.openai.azure.com/openai/v1",
        "https://{resource}.services.ai.azure.com/openai/v1",
        "https://{resource}.openai.azure.com/openai/deployments/{deployment}",
        "https://{resource}.cognitiveservices.azure.com/openai/deployments/{deployment}",
      ],
      websites: ["azure.microsoft.com"],
      dashboards: ["portal.azure.com", "ai.azure.com", "oai.azure.com"],
      keysURL:
        "https://portal.azure.com/#view/Microsoft_Azure_ProjectOxford/CognitiveServicesHub/~/OpenAI",
      keys: [
        .weak("<hex:32>"), .strong("<base64:50-100>JQQJ<base64:0-30>"),
        .strong("<base64:50-100>AAAB<base64:0-30>"), .strong("<base64:50-100>ACOG<base64:0-30>"),
      ],
      variables: ["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"],
      exampleModels: ["gpt-4o", "gpt-5.4"],
      notes: [
        "the resource's name is part of the host, and the Model ID is the deployment's name",
        "a path under /openai/deployments/ needs the Azure API version besides",
      ]),
    Provider(
      "bedrock", "Amazon Bedrock", .cloud,
      slot: "bedrock",
      aliases: ["aws bedrock", "aws"],
      roots: [
        "https://bedrock-runtime.{region}.amazonaws.com/openai/v1",
        "https://bedrock-mantle.{region}.api.aws/openai/v1",
        "https://bedrock-mantle.{region}.api.aws/v1",
      ],
      websites: ["aws.amazon.com"],
      dashboards: ["console.aws.amazon.com"],
      keysURL: "https://console.aws.amazon.com/bedrock",
      keys: [
        .proof("ABSK<base64:109-271>"),
        .proof("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t<base64:0+>"),
        .proof("AKIA<base32:16>"), .proof("ASIA<base32:16>"),
      ],
      variables: ["AWS_BEARER_TOKEN_BEDROCK"],
      models: ["*.*"],
      exampleModels: [
        "anthropic.claude-opus-5", "global.anthropic.claude-opus-5", "minimax.minimax-m2.5",
      ],
      notes: [
        "its own slot signs requests with AWS credentials; the compatible slot takes a Bedrock API key"
      ]),
    Provider(
      "cloudflare-workers-ai", "Cloudflare Workers AI", .cloud,
      aliases: ["workers ai", "cloudflare"],
      family: "cloudflare",
      roots: ["https://api.cloudflare.com/client/v4/accounts/{account_id}/ai/v1"],
      websites: ["cloudflare.com", "developers.cloudflare.com"],
      dashboards: ["dash.cloudflare.com"],
      keysURL: "https://dash.cloudflare.com/profile/api-tokens",
      keys: [
        .proof("cfut_<alnum:40><hex:8>", sharedWith: ["cloudflare-ai-gateway"]),
        .proof("cfat_<alnum:40><hex:8>", sharedWith: ["cloudflare-ai-gateway"]), .weak("<word:40>"),
      ],
      variables: ["CLOUDFLARE_API_KEY", "CLOUDFLARE_API_TOKEN"],
      models: ["@cf/*/*", "@hf/*/*"],
      exampleModels: [
        "@cf/qwen/qwen3.8-27b", "@cf/deepseek-ai/deepseek-v4-pro-0813",
        "@cf/deepseek-ai/deepseek-v4-flash-0731",
      ],
      notes: ["the account's id is part of the Base URL"]),
    Provider(
      "databricks", "Databricks", .cloud,
      roots: [
        "https://{workspace-host}/ai-gateway/mlflow/v1",
        "https://{workspace-host}/serving-endpoints",
      ],
      hosts: ["*.cloud.databricks.com", "*.gcp.databricks.com", "*.azuredatabricks.net"],
      websites: ["databricks.com", "docs.databricks.com"],
      dashboards: ["accounts.cloud.databricks.com"],
      keys: [.proof("dapi<hex:32>"), .proof("dapi<hex:32>-<digit:1>")],
      variables: ["DATABRICKS_TOKEN"],
      models: ["databricks-*"],
      exampleModels: [
        "databricks-gpt-5-6-luna", "databricks-gpt-5-6-sol", "databricks-gpt-5-6-terra",
      ],
      notes: [
        "the workspace's host is part of the Base URL",
        "an address that ends in /invocations is an endpoint",
      ]),
    Provider(
      "snowflake-cortex", "Snowflake Cortex", .cloud,
      aliases: ["cortex"],
      roots: ["https://{account}.snowflakecomputing.com/api/v2/cortex/v1"],
      websites: ["snowflake.com"],
      dashboards: ["app.snowflake.com"],
      variables: ["SNOWFLAKE_CORTEX_PAT"],
      exampleModels: ["claude-opus-5", "openai-gpt-5.6-luna", "openai-gpt-5.6-sol"],
      notes: ["the account's name is part of the host"]),
    Provider(
      "dify", "Dify", .selfHosted,
      slot: "dify",
      roots: [.init("https://api.dify.ai/v1", speaking: .init(rawValue: "dify"))],
      websites: ["dify.ai"],
      dashboards: ["cloud.dify.ai"],
      variables: ["DIFY_API_KEY"],
      modelsPath: nil,
      notes: ["a key selects one workflow; the Model ID is the word default"]),
    Provider(
      "oca", "Oracle Code Assist", .cloud,
      slot: "oca",
      aliases: ["oracle code assist"],
      roots: [
        "https://code.aiservice.us-chicago-1.oci.oraclecloud.com/20250206/app/litellm",
        "https://code-internal.aiservice.us-chicago-1.oci.oraclecloud.com/20250206/app/litellm",
      ],
      websites: ["oracle.com"],
      dashboards: ["cloud.oracle.com"],
      variables: ["OCA_API_KEY"],
      exampleModels: ["anthropic/claude-3-7-sonnet-20250219"],
      notes: ["Cline signs in at Oracle by itself"]),
    Provider(
      "sapaicore", "SAP AI Core", .cloud,
      slot: "sapaicore",
      roots: [
        .init("https://api.ai.{region}.ml.hana.ondemand.com/v2", speaking: .init(rawValue: "sap"))
      ],
      hosts: ["*.ml.hana.ondemand.com"],
      websites: ["sap.com"],
      exampleModels: ["gpt-5.6-luna", "gpt-5.6-sol", "gpt-5.6-terra"],
      modelsPath: nil,
      notes: ["wants a service key, not an API key"]),
    Provider(
      "scaleway", "Scaleway Generative APIs", .cloud,
      roots: ["https://api.scaleway.ai/v1"],
      websites: ["scaleway.com"],
      dashboards: ["console.scaleway.com"],
      keysURL: "https://console.scaleway.com/iam/api-keys",
      keys: [.weak("<uuid>")],
      variables: ["SCALEWAY_API_KEY", "SCW_SECRET_KEY"],
      exampleModels: ["deepseek-v4-flash-0731", "glm-5.2", "qwen3.6-35b-a3b"]),
    Provider(
      "ovhcloud", "OVHcloud AI Endpoints", .cloud,
      roots: ["https://oai.endpoints.kepler.ai.cloud.ovh.net/v1"],
      websites: ["ovhcloud.com"],
      dashboards: ["endpoints.ai.cloud.ovh.net"],
      keysURL: "https://endpoints.ai.cloud.ovh.net/",
      variables: ["OVHCLOUD_API_KEY", "OVH_API_KEY"],
      exampleModels: ["qwen3.6-27b", "qwen3.5-397b-a17b", "qwen3.5-9b"]),
    Provider(
      "digitalocean", "DigitalOcean Inference", .cloud,
      aliases: ["gradient ai"],
      roots: ["https://inference.do-ai.run/v1"],
      websites: ["digitalocean.com"],
      dashboards: ["cloud.digitalocean.com"],
      keys: [.proof("dop_v1_<hex:64>")],
      variables: ["DIGITALOCEAN_ACCESS_TOKEN", "GRADIENT_AI_API_KEY"],
      exampleModels: ["deepseek-v4-pro-0813", "qwen3.8-max", "deepseek-v4-flash-0731"]),
    Provider(
      "heroku", "Heroku Managed Inference", .cloud,
      roots: ["https://us.inference.heroku.com/v1"],
      websites: ["heroku.com"],
      dashboards: ["dashboard.heroku.com"],
      variables: ["HEROKU_API_KEY"]),
    Provider(
      "runpod", "RunPod Serverless vLLM", .cloud,
      roots: ["https://api.runpod.ai/v2/{endpoint_id}/openai/v1"],
      websites: ["runpod.io"],
      dashboards: ["console.runpod.io"],
      keys: [.proof("rpa_<alnum:46>")],
      variables: ["RUNPOD_API_KEY"]),
  ]
}
