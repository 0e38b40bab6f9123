import LosslessJSON

/// What is special about single slots, as data. All other code treats every slot alike.
extension ProviderSlot {
  struct Traits: Sendable {
    /// What the Base URL ends in there, because the clients add a path of their own behind it.
    var addressEnding: String?
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
    /// How the legacy bundle treats it.
    var legacy = Legacy()

    struct Limit: Sendable {
      enum Subject: Sendable { case contextWindow, maxTokens }
      let subject: Subject
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
    }

    struct Legacy: Sendable {
      /// Whether its Model ID is sent as it is stored. Every other handler looks the id up in a
      /// catalogue of its own and silently takes a default for one that it does not know.
      var sendsAnyModel = false
      /// Ids that stand in the catalogue of v4.0.12 and so are sent too.
      var models: Set<String> = []
      /// Its name in that bundle's messages.
      var name: String?
      /// The path of its API behind the address, and the word that is sent for a key.
      var fixed: Fixed?

      /// LM Studio's: the path, resolved against the address, and the word that stands for a key.
      struct Fixed: Sendable {
        let path: String
        let keyWord: String
        let defaultAddress: String
      }
    }

    /// Those of a slot; nothing is special about most.
    static func of(_ sdkID: String) -> Traits { table[sdkID] ?? Traits() }
  }

  /// What is special about it.
  var traits: Traits { .of(sdkID) }

  /// What the Base URL ends in there; `nil` where it stands as it is.
  package var addressEnding: String? { traits.addressEnding }
  /// Whether nothing reads its key from `secrets.json`.
  package var ignoresStoredSecret: Bool { traits.ignoresStoredSecret }

  /// What is spoken in its own slot.
  var spokenProtocol: ProviderSlot.WireProtocol? { traits.ownProtocol ?? wireProtocol }
}

extension ProviderSlot.Traits {
  /// Sources: code of v4.0.12, apps/vscode/src/core/api/providers/*.ts; SDK 0.0.78,
  /// services/storage/provider-settings-legacy-migration.ts.
  private static let table: [String: Self] = [
    ProviderSlot.openAICompatibleID: Self(legacy: Legacy(sendsAnyModel: true)),
    "ollama": Self(
      addressEnding: "", ownProtocol: .ollama, compatiblePath: "/v1", hasNoDefaultModel: true,
      limits: [Limit(subject: .contextWindow, key: "ollamaApiOptionsCtxNum", isText: true)],
      legacy: Legacy(sendsAnyModel: true)),
    "lmstudio": Self(
      addressEnding: "/v1", ignoresStoredSecret: true, sendsAnthropicKey: true,
      hasNoDefaultModel: true,
      limits: [Limit(subject: .contextWindow, key: "lmStudioMaxTokens", isText: true)],
      migration: .never,
      legacy: Legacy(
        sendsAnyModel: true,
        // The model list and the chat both live under /api/v0 there; its key field is unused.
        fixed: .init(path: "api/v0", keyWord: "noop", defaultAddress: "http://localhost:1234"))),
    "litellm": Self(addressEnding: "/v1", legacy: Legacy(sendsAnyModel: true)),
    "requesty": Self(addressEnding: "/v1"),
    "fireworks": Self(limits: [
      Limit(subject: .maxTokens, key: "fireworksModelMaxCompletionTokens", isText: false),
      Limit(subject: .contextWindow, key: "fireworksModelMaxTokens", isText: false),
    ]),
    "openrouter": Self(legacy: Legacy(sendsAnyModel: true)),
    "cline": Self(legacy: Legacy(sendsAnyModel: true)),
    "together": Self(legacy: Legacy(sendsAnyModel: true)),
    "hicap": Self(legacy: Legacy(sendsAnyModel: true)),
    "aihubmix": Self(legacy: Legacy(sendsAnyModel: true)),
    "oca": Self(legacy: Legacy(sendsAnyModel: true)),
    "deepseek": Self(
      legacy: Legacy(models: [
        "deepseek-chat", "deepseek-reasoner", "deepseek-v4-flash", "deepseek-v4-pro",
      ])),
    "anthropic": Self(
      listsAsAnthropic: true, legacy: Legacy(models: ["claude-sonnet-5"])),
    "openai-native": Self(legacy: Legacy(name: "OpenAI")),
    "vertex": Self(migration: .never), "cline-pass": Self(migration: .never),
    "qwen-code": Self(migration: .never), "wandb": Self(migration: .never),
    "openai-codex": Self(migration: .byCredentials("openai-codex-oauth-credentials")),
    "sapaicore": Self(migration: .byCredentials("sapAiCoreClientId")),
  ]
}
