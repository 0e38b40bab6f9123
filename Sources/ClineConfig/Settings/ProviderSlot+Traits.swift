import LosslessJSON

/// What is special about single slots, as data. All other code treats every slot alike.
extension ProviderSlot {
  struct Traits: Sendable {
    /// How a Base URL stands there, because the clients add paths of their own behind it.
    var addressForm: AddressForm?
    /// Whether its server has nothing without that.
    var needsVersionedPath = false
    /// Whether nothing reads its key from `secrets.json`, although the table of Cline's names a field.
    var ignoresStoredSecret = false
    /// Whether VS Code's SDK bundle sends it Anthropic's key: the field that it names is Anthropic's.
    var sendsAnthropicKey = false
    /// What it speaks in its own slot, where that is not what the table says.
    var ownProtocol: ProviderSlot.WireProtocol?
    /// What its model list and chat stand behind for the OpenAI protocol, beyond the address there.
    var compatiblePath: String?
    /// Whether its model list is signed and paged in Anthropic's way, at the OpenAI root too.
    var listsAsAnthropic = false
    /// Whether the SDK has no Model ID of its own for it.
    var hasNoDefaultModel = false
    /// The keys of `globalState.json` that hold a limit of its own.
    var limits: [Limit] = []
    /// Which key of `secrets.json` makes Cline's migration take it over.
    var migration = Migration.byItsKey
    /// The tokens of its sign-in in `secrets.json`.
    var signIn: SignIn?
    /// The provider whose entry holds its sign-in.
    var account: String?
    /// The word in front of a token of its sign-in.
    var tokenPrefix: String?
    /// Whether Cline's migration takes over only Model IDs that it knows.
    var migratesKnownModels = false
    /// Whether Cline's migration overlooks its own key of the Model ID.
    var migratesGenericModel = false
    /// The Model ID that the SDK sends where it is asked with none.
    var emptyModel: String?
    /// The Model ID that Cline's migration writes where none is stored.
    var migratedModel: String?
    /// The Model ID that Cline takes where none is stored, if the table names none or an old one.
    var standardModel: String?
    /// Where the SDK sends to without any address in its table.
    var fallbackAddress: String?
    /// Oracle's other address.
    var internalAddress: String?
    /// Whether the SDK sends nothing without a key, beyond what the protocol tells.
    var needsKey = false
    /// How the legacy extension treats it.
    var legacy = Legacy()

    struct Limit: Sendable {
      let subject: ModelFact
      let key: JSONKey
      /// Whether Cline keeps the number as a string there.
      let isText: Bool
    }

    enum Migration: Sendable, Equatable {
      case byItsKey
      /// Its field is another provider's, or it signs in without one.
      case never
      /// By another key, whose value is no API key.
      case byCredentials(String)
      /// By any of these, beside its own key.
      case byHints(Hints)

      /// What makes Cline's migration take a provider over.
      struct Hints: Sendable, Equatable {
        /// Keys of `secrets.json` that hold something.
        var secrets: [String] = []
        /// Keys of `globalState.json` that hold a text.
        var states: [JSONKey] = []
        /// Keys of `globalState.json` that are there at all: `null` counts.
        var present: [JSONKey] = []
        /// Keys of `globalState.json` that are `true`.
        var flags: [JSONKey] = []
        /// Whether the provider's own key goes into the entry.
        var takesKey = true
      }

      /// Whether the provider's own key goes into the entry.
      var takesKey: Bool {
        switch self {
        case .byItsKey: true
        case .byHints(let hints): hints.takesKey
        case .never, .byCredentials: false
        }
      }
    }

    /// A secret that is a document of a sign-in, and its member that is sent as the key.
    struct SignIn: Sendable, Equatable {
      let secret: JSONKey
      let token: JSONKey
    }

    struct Legacy: Sendable {
      /// What sends its requests there.
      var library = Library.openAI
      /// Which Model IDs it takes.
      var models = Models.known(withInfo: false, generic: false)
      /// Its name in that client's messages.
      var name: String?
      /// What it says where no key is stored, if that is not the usual sentence.
      var noKey: String?
      /// Its address, where that is not the one of the SDK.
      var address: String?
      /// The variable that names another address where none is stored.
      var addressVariable: String?
      /// Endings of a Model ID that choose a variant and are not sent.
      var variants: [String] = []
      /// Model IDs that it asks by OpenAI's Responses.
      var responsesModels: Set<String> = []
      /// Its addresses by line, where they are not those of the SDK.
      var lines: [String: String] = [:]
    }

    /// What sends a provider's requests in the legacy extension.
    enum Library: Sendable, Equatable {
      case openAI, anthropic, gemini, mistral, cerebras, ollama, askSage, dify, aihubmix, requesty
      /// LM Studio's path, resolved against the address, and the word that stands for a key.
      case lmStudio(path: String, keyWord: String)
      /// Cline's own account.
      case clineAccount
      /// A sign-in, another program or a cloud, by these secrets if by any.
      case signIn([String])

      var isOpenAINode: Bool { self == .openAI || self == .clineAccount || self == .requesty }
    }

    /// Which Model IDs a handler of the legacy extension sends.
    enum Models: Sendable, Equatable {
      /// Any that is stored.
      case asStored(else: String)
      /// The same, without white space around it.
      case asStoredTrimmed(else: String)
      /// Any, and nothing is sent without one.
      case required
      /// Any that has its info beside it.
      case withInfo(else: String)
      /// Those of its catalogue; where `withInfo`, also any that has its info beside it; where
      /// `generic`, also one in the key that many providers share.
      case known(withInfo: Bool, generic: Bool)
      /// Those of its catalogue, and any other beside a key, after `planMode` or `actMode`, that says so.
      case knownOrMarked(String)
      /// Cline's own key, then OpenRouter's.
      case ofCline
      /// The request names none.
      case none
    }

    /// Those of a slot; nothing is special about most.
    static func of(_ sdkID: String) -> Traits { table[sdkID] ?? none }
    private static let none = Traits()
  }

  /// What is special about it.
  var traits: Traits { .of(sdkID) }

  /// The slot whose sign-in it uses beside its own entry.
  package var account: ProviderSlot? { traits.account.flatMap { .slot(sdkID: $0) } }
  /// Whether nothing reads its key from `secrets.json`.
  package var ignoresStoredSecret: Bool { traits.ignoresStoredSecret }

  /// Whether some client sends nothing without a stored address.
  var wantsStoredAddress: Bool { traits.legacy.library == .dify }

  /// The Model ID that Cline takes where none is stored.
  var standardModelID: String? { traits.standardModel ?? defaultModelID }
  /// Whether Cline asks it by an address and a key, and not through another program or a cloud's own
  /// library.
  var isAskedByURL: Bool {
    switch authentication {
    case .apiKey, .oauth, .local: true
    case .localCLI, .vscodeLM, .aws, .gcp, .sapOAuthClient: false
    }
  }

  /// What is spoken in its own slot.
  var spokenProtocol: ProviderSlot.WireProtocol? { traits.ownProtocol ?? wireProtocol }
}

extension ProviderSlot.Traits {
  /// Sources: code of v4.0.12, apps/vscode/src/core/api/providers/*.ts; SDK 0.0.78,
  /// services/storage/provider-settings-legacy-migration.ts.
  private static let table: [String: Self] = [
    ProviderSlot.openAICompatibleID: Self(legacy: Legacy(models: .asStored(else: ""))),
    "ollama": Self(
      addressForm: AddressForm(
        drops: ["/api/chat", "/api/generate", "/v1/chat/completions", "/v1", "/api"]),
      ownProtocol: .ollama, compatiblePath: "/v1",
      hasNoDefaultModel: true,
      limits: [Limit(subject: .contextWindow, key: "ollamaApiOptionsCtxNum", isText: true)],
      emptyModel: "default", migratedModel: "deepseek-v4-flash:0731",
      legacy: Legacy(library: .ollama, models: .asStored(else: ""))),
    "lmstudio": Self(
      addressForm: AddressForm(drops: ["/api/v0", "/v1", "/api"], state: "/v1", entry: "/v1"),
      needsVersionedPath: true, ignoresStoredSecret: true,
      sendsAnthropicKey: true,
      hasNoDefaultModel: true,
      limits: [Limit(subject: .contextWindow, key: "lmStudioMaxTokens", isText: true)],
      migration: .never, emptyModel: "openai/gpt-oss-20b", migratedModel: "openai/gpt-oss-20b",
      legacy: Legacy(
        // The model list and the chat both live under /api/v0 there; its key field is unused.
        library: .lmStudio(path: "api/v0", keyWord: "noop"), models: .asStored(else: ""),
        address: "http://localhost:1234")),
    "litellm": Self(
      addressForm: AddressForm(drops: ["/v1"], state: "/v1", entry: "/v1"),
      legacy: Legacy(
        models: .asStored(else: "anthropic/claude-3-7-sonnet-20250219"),
        address: "http://localhost:4000")),
    "requesty": Self(
      addressForm: AddressForm(drops: ["/v1"], state: "/v1", entry: "/v1"),
      needsVersionedPath: true,
      legacy: Legacy(library: .requesty, models: .withInfo(else: "anthropic/claude-sonnet-5"))),
    "fireworks": Self(
      limits: [
        Limit(subject: .maxTokens, key: "fireworksModelMaxCompletionTokens", isText: false),
        Limit(subject: .contextWindow, key: "fireworksModelMaxTokens", isText: false),
      ], legacy: Legacy(models: .asStored(else: ""), name: "Fireworks")),
    "openrouter": Self(
      legacy: Legacy(models: .asStored(else: "anthropic/claude-sonnet-5"), name: "OpenRouter")),
    "together": Self(legacy: Legacy(models: .asStored(else: ""), name: "Together")),
    "hicap": Self(
      legacy: Legacy(models: .required, name: "Hicap", address: "https://api.hicap.ai/v2/openai")),
    "huggingface": Self(legacy: Legacy(models: .asStored(else: "moonshotai/Kimi-K2-Instruct"))),
    "vercel-ai-gateway": Self(legacy: Legacy(models: .asStored(else: "anthropic/claude-sonnet-5"))),
    "aihubmix": Self(
      addressForm: AddressForm(drops: ["/v1"], stateBelowPath: "/v1", entry: "/v1"),
      legacy: Legacy(
        library: .aihubmix, models: .asStored(else: "gpt-4o-mini"), name: "AIhubmix",
        address: "https://aihubmix.com")),
    "wandb": Self(
      migration: .never,
      legacy: Legacy(
        models: .asStoredTrimmed(else: "meta-llama/Llama-3.3-70B-Instruct"), name: "W&B")),
    "anthropic": Self(
      addressForm: AddressForm(drops: ["/v1"], stateBelowPath: "/v1", entry: "/v1"),
      listsAsAnthropic: true,
      legacy: Legacy(
        library: .anthropic, address: "https://api.anthropic.com",
        addressVariable: "ANTHROPIC_BASE_URL", variants: [":fast", ":1m"])),
    "minimax": Self(
      legacy: Legacy(
        library: .anthropic, name: "MiniMax", address: "https://api.minimax.io/anthropic",
        lines: [
          "china": "https://api.minimaxi.com/anthropic",
          "international": "https://api.minimax.io/anthropic",
        ])),
    "gemini": Self(
      addressForm: AddressForm(drops: ["/v1beta/openai", "/v1beta"]),
      legacy: Legacy(
        library: .gemini, noKey: "API key is required for Google Gemini when not using Vertex AI",
        address: "https://generativelanguage.googleapis.com",
        addressVariable: "GOOGLE_GEMINI_BASE_URL")),
    "mistral": Self(needsKey: true, legacy: Legacy(library: .mistral)),
    "cerebras": Self(legacy: Legacy(library: .cerebras)),
    "openai-native": Self(
      legacy: Legacy(
        name: "OpenAI", addressVariable: "OPENAI_BASE_URL",
        responsesModels: [
          "gpt-5.5", "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.3-codex", "gpt-5.2-codex",
          "gpt-5.1-codex", "gpt-5-codex",
        ])),
    "groq": Self(legacy: Legacy(models: .known(withInfo: true, generic: true))),
    "baseten": Self(legacy: Legacy(models: .known(withInfo: true, generic: true))),
    "huawei-cloud-maas": Self(
      legacy: Legacy(
        models: .known(withInfo: true, generic: false), address: "https://api.modelarts-maas.com/v1"
      )),
    "nebius": Self(legacy: Legacy(name: "Nebius", address: "https://api.studio.nebius.ai/v1")),
    "nousResearch": Self(legacy: Legacy(name: "NousResearch")),
    "moonshot": Self(legacy: Legacy(name: "Moonshot")),
    "qwen": Self(legacy: Legacy(name: "Alibaba")),
    "zai": Self(legacy: Legacy(name: "Z AI")),
    "asksage": Self(legacy: Legacy(library: .askSage)),
    "dify": Self(
      ownProtocol: .dify, fallbackAddress: "https://api.dify.ai/v1",
      legacy: Legacy(library: .dify, models: .none)),
    "cline": Self(
      migration: .byHints(.init(secrets: ["clineApiKey"])),
      signIn: SignIn(secret: "cline:clineAccountId", token: "idToken"), tokenPrefix: "workos:",
      migratesKnownModels: true, standardModel: "anthropic/claude-sonnet-5",
      legacy: Legacy(library: .clineAccount, models: .ofCline)),
    "cline-pass": Self(
      migration: .never, account: "cline", tokenPrefix: "workos:", migratesGenericModel: true,
      standardModel: "stealth/ox-alpha",
      legacy: Legacy(library: .clineAccount, models: .asStored(else: "cline-pass/glm-5.2"))),
    "oca": Self(
      internalAddress:
        "https://code-internal.aiservice.us-chicago-1.oci.oraclecloud.com/20250206/app/litellm",
      legacy: Legacy(
        library: .signIn(["ocaApiKey", "ocaRefreshToken"]),
        models: .asStored(else: "anthropic/claude-3-7-sonnet-20250219"))),
    "openai-codex": Self(
      migration: .byCredentials("openai-codex-oauth-credentials"),
      signIn: SignIn(secret: "openai-codex-oauth-credentials", token: "access_token"),
      legacy: Legacy(library: .signIn(["openai-codex-oauth-credentials"]))),
    "qwen-code": Self(migration: .never, legacy: Legacy(library: .signIn([]))),
    "claude-code": Self(
      legacy: Legacy(library: .signIn([]), models: .asStored(else: "claude-sonnet-5"))),
    "vscode-lm": Self(legacy: Legacy(library: .signIn([]), models: .asStored(else: ""))),
    "bedrock": Self(
      migration: .byHints(
        .init(
          secrets: ["awsAccessKey", "awsBedrockApiKey"], states: ["awsProfile"],
          present: ["awsAuthentication"], flags: ["awsUseProfile"])),
      legacy: Legacy(
        library: .signIn([]), models: .knownOrMarked("AwsBedrockCustomSelected"))),
    "vertex": Self(
      migration: .byHints(.init(states: ["vertexProjectId", "vertexRegion"], takesKey: false)),
      legacy: Legacy(library: .signIn([]), models: .asStored(else: "gemini-3-pro-preview"))),
    "sapaicore": Self(
      migration: .byHints(
        .init(
          secrets: ["sapAiCoreClientId", "sapAiCoreClientSecret"],
          states: ["sapAiCoreTokenUrl", "sapAiCoreBaseUrl", "sapAiResourceGroup"],
          present: ["sapAiCoreUseOrchestrationMode"])),
      legacy: Legacy(library: .signIn([]), models: .asStored(else: "anthropic--claude-3.5-sonnet"))),
  ]
}
