import LosslessJSON

// The keys of globalState.json that belong to providers, and those in which Cline keeps notes of its own
// (4.1.13, apps/vscode/src/shared/storage/state-keys.ts; code of v4.0.12). Most follow from the slots.

extension ClineSetting {
  /// What belongs to a provider, from the table of the slots and beside it.
  static let providers: [ClineSetting] = {
    var found: [ClineSetting] = []
    var keys = Set<String>(minimumCapacity: 256)
    func add(
      _ key: String, is kind: SettingKind, to meaning: String, of whom: String = "",
      unit: String? = nil
    ) {
      guard keys.insert(key).inserted else { return }
      found.append(
        ClineSetting(key, is: kind, to: meaning, of: whom, unit: unit, owner: .provider))
    }
    for mode in Mode.allCases {
      add(mode.providerKey.text, is: .anyText, to: "the provider of \(mode.rawValue) mode")
    }
    for (key, kind, meaning, unit) in beside { add(key, is: kind, to: meaning, unit: unit) }
    for setting in CloudSetting.allCases {
      add(setting.stateKey.text, is: setting.kind == .flag ? .flag : .anyText, to: setting.meaning)
    }
    // What is said of each mode, once for all slots.
    let modes = Mode.allCases.map { mode in
      let model = "the Model ID of \(mode.rawValue) mode"
      return (
        mode, shared: model + ", of providers without a key of their own for it",
        own: model + " at",
        info: "what is known of the model of \(mode.rawValue) mode at"
      )
    }
    for slot in ProviderSlot.legacy {
      if let key = slot.baseURLKey { add(key, is: .anyText, to: "the Base URL of", of: slot.name) }
      if let key = slot.apiLineKey {
        add(
          key, is: .word(slot.apiLines.keys.sorted()), to: "the region of the account at",
          of: slot.name)
      }
      let kind = slot.authentication == .vscodeLM ? SettingKind.object : .anyText
      for (mode, shared, own, info) in modes {
        if slot.modelSuffix == "ApiModelId" {
          add(slot.modelKey(mode).text, is: kind, to: shared)
        } else {
          add(slot.modelKey(mode).text, is: kind, to: own, of: slot.name)
        }
        if let suffix = slot.modelInfoSuffix {
          add(mode.prefix + suffix, is: .object, to: info, of: slot.name)
        }
      }
    }
    return found
  }()

  /// What no table of the slots has.
  private static let beside: [(String, SettingKind, String, String?)] = {
    var all: [(String, SettingKind, String, String?)] = [
      ("openAiHeaders", .object, "headers of requests to the OpenAI-compatible endpoint", nil),
      ("liteLlmUsePromptCache", .flag, "use LiteLLM's prompt cache", nil),
      (
        "openRouterProviderSorting", .anyText, "how OpenRouter chooses: price, throughput, latency",
        nil
      ),
      ("awsUseGlobalInference", .flag, "let Bedrock use any region", nil),
      ("awsBedrockUsePromptCache", .flag, "use Bedrock's prompt cache", nil),
      (
        "awsAuthentication", .anyText,
        "how Bedrock's requests are signed: apikey, profile, credentials", nil
      ),
      ("awsUseProfile", .flag, "whether an AWS profile signs Bedrock's requests", nil),
      ("claudeCodePath", .anyText, "the program of Claude Code", nil),
      ("ollamaApiOptionsCtxNum", .anyText, "Ollama's context, as text", "tokens"),
      ("lmStudioMaxTokens", .anyText, "LM Studio's context, as text", "tokens"),
      (
        "fireworksModelMaxCompletionTokens", .amount, "the limit of an answer at Fireworks",
        "tokens"
      ),
      ("fireworksModelMaxTokens", .amount, "the context at Fireworks", "tokens"),
      ("qwenCodeOauthPath", .anyText, "where Qwen Code keeps its sign-in", nil),
      ("sapAiResourceGroup", .anyText, "the resource group at SAP", nil),
      ("sapAiCoreTokenUrl", .anyText, "where SAP gives tokens", nil),
      ("sapAiCoreUseOrchestrationMode", .flag, "use SAP's orchestration", nil),
      ("ocaMode", .word(["internal", "external"]), "which of Oracle's services is used", nil),
      ("aihubmixAppCode", .anyText, "the code of an application at AI Hub Mix", nil),
      ("hicapModelId", .anyText, "the Model ID at Hicap, in old versions", nil),
      ("lmStudioModelId", .anyText, "the Model ID at LM Studio, in old versions", nil),
      (
        "planActSeparateModelsSetting", .flag,
        "whether the modes have providers and models of their own", nil
      ),
    ]
    for mode in Mode.allCases {
      let name = mode.rawValue
      all += [
        (
          mode.prefix + "ThinkingBudgetTokens", .amount,
          "how much a model may think in \(name) mode", "tokens"
        ),
        (mode.prefix + "ReasoningEffort", .anyText, "how long a model thinks in \(name) mode", nil),
        (mode.prefix + "Verbosity", .anyText, "how long answers are in \(name) mode", nil),
        (
          "gemini" + mode.prefix.prefix(1).uppercased() + mode.prefix.dropFirst() + "ThinkingLevel",
          .anyText, "how long Gemini thinks in \(name) mode", nil
        ),
        (
          mode.prefix + "AwsBedrockCustomSelected", .flag,
          "whether Bedrock's model of \(name) mode is one of your own", nil
        ),
        (
          mode.prefix + "AwsBedrockCustomModelBaseId", .anyText, "the model that it is made of", nil
        ),
        (mode.prefix + "SapAiCoreDeploymentId", .anyText, "SAP's deployment of \(name) mode", nil),
        (mode.prefix + "SapAiCoreModelId", .anyText, "SAP's model of \(name) mode", nil),
        (
          mode.prefix + "OcaReasoningEffort", .anyText,
          "how long Oracle's model thinks in \(name) mode", nil
        ),
        (
          mode.prefix + "VertexCustomModelSelected", .flag,
          "whether Vertex AI's model of \(name) mode is one of your own", nil
        ),
        (mode.prefix + "VertexCustomModelInfo", .object, "what is known of that model", nil),
      ]
    }
    return all
  }()

  /// What Cline keeps for itself.
  static let notes: [ClineSetting] = notesTable.map { key, kind, meaning in
    ClineSetting(key, is: kind, to: meaning, owner: .cline)
  }

  private static let notesTable: [(String, SettingKind, String)] = [
    ("welcomeViewCompleted", .flag, "whether the welcome view was left behind"),
    ("isNewUser", .flag, "whether Cline was never used"),
    ("clineVersion", .anyText, "the version that ran last"),
    ("cline.generatedMachineId", .anyText, "a number that stands for the machine in reports"),
    ("lastShownAnnouncementId", .anyText, "the announcement that was shown last"),
    ("taskHistory", .array, "the tasks, in old versions"),
    ("userInfo", .object, "the account at Cline"),
    ("workspaceRoots", .array, "the folders of the workspace"),
    ("primaryRootIndex", .amount, "the first of them"),
    ("lastDismissedInfoBannerVersion", .amount, "the notice that was closed last"),
    ("lastDismissedModelBannerVersion", .amount, "the notice about models that was closed last"),
    ("lastDismissedCliBannerVersion", .amount, "the notice about the CLI that was closed last"),
    ("lastManagedOrganizationId", .anyText, "the organisation whose configuration counts"),
    ("remoteRulesToggles", .object, "which rules of the organisation are on"),
    ("remoteWorkflowToggles", .object, "which workflows of the organisation are on"),
    ("remoteSkillsToggles", .object, "which skills of the organisation are on"),
    ("globalClineRulesToggles", .object, "which rules of your own are on"),
    ("globalWorkflowToggles", .object, "which workflows of your own are on"),
    ("globalSkillsToggles", .object, "which skills of your own are on"),
    ("dismissedBanners", .array, "the notices that were closed"),
    ("worktreeAutoOpenPath", .anyText, "the worktree that opens with Cline's view"),
    ("__vscodeMigrationVersion", .amount, "how far VS Code's own storage was taken over"),
    ("__vscodeLegacyMcpSettingsMigration", .object, "which MCP settings were taken over"),
  ]
}
