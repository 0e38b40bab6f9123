import LosslessJSON

// The settings of Cline 4.1.13 that people set: apps/vscode/src/shared/storage/state-keys.ts,
// shared/{AutoApprovalSettings,BrowserSettings,FocusChainSettings,Languages}.ts;
// sdk/packages/core/src/services/global-settings.ts (SDK 0.0.78).

extension ClineSetting {
  private static let approval = Whole(
    pointer: "/autoApprovalSettings",
    standard: [
      "version": 1, "enabled": true, "favorites": [], "maxRequests": 20,
      "actions": [
        "readFiles": true, "readFilesExternally": true, "editFiles": true,
        "editFilesExternally": true, "executeSafeCommands": false, "executeAllCommands": true,
        "useBrowser": true, "useMcp": true,
      ], "enableNotifications": false,
    ],
    optional: [
      "readFilesExternally", "editFilesExternally", "executeSafeCommands", "executeAllCommands",
      "enabled", "favorites", "maxRequests",
    ])
  private static let browser = Whole(
    pointer: "/browserSettings",
    standard: [
      "viewport": ["width": 900, "height": 600], "remoteBrowserEnabled": false,
      "remoteBrowserHost": "http://localhost:9222", "chromeExecutablePath": "",
      "disableToolUse": true, "customArgs": "",
    ], isFilled: true)
  private static let focus = Whole(
    pointer: "/focusChainSettings", standard: ["enabled": true, "remindClineInterval": 6])

  /// The objects that Cline takes as a whole.
  package static let wholes = [approval, browser, focus]

  static let people: [ClineSetting] = [
    .init(
      "mode", is: .word(["plan", "act"]), standard: "act", to: "the mode that VS Code starts in"),
    .init(
      "actions.readFiles", in: approval, as: "auto-approve", is: .flag,
      to: "read files of the workspace without asking"),
    .init(
      "actions.readFilesExternally", in: approval, as: "auto-approve", is: .flag,
      to: "read files outside the workspace without asking, in older versions"),
    .init(
      "actions.editFiles", in: approval, as: "auto-approve", is: .flag,
      to: "change files of the workspace without asking"),
    .init(
      "actions.editFilesExternally", in: approval, as: "auto-approve", is: .flag,
      to: "change files outside the workspace without asking, in older versions"),
    .init(
      "actions.executeSafeCommands", in: approval, as: "auto-approve", is: .flag,
      to: "run commands that the model calls safe without asking"),
    .init(
      "actions.executeAllCommands", in: approval, as: "auto-approve", is: .flag,
      to: "run every command without asking, in older versions"),
    .init(
      "actions.useBrowser", in: approval, as: "auto-approve", is: .flag,
      to: "use the browser without asking"),
    .init(
      "actions.useMcp", in: approval, as: "auto-approve", is: .flag,
      to: "use MCP servers without asking"),
    .init(
      "enableNotifications", in: approval, as: "auto-approve", is: .flag,
      to: "show a notification when something waits or is done"),
    .init(
      "maxRequests", in: approval, as: "auto-approve", is: .count,
      to: "how many requests go without asking, in older versions", unit: "requests"),
    .init(
      "enabled", in: approval, as: "auto-approve", is: .flag,
      to: "whether anything goes without asking, in older versions"),
    .init(
      "favorites", in: approval, as: "auto-approve", is: .list,
      to: "actions on top of the list, in older versions"),
    .init(
      "version", in: approval, as: "auto-approve", is: .count,
      to: "counts the changes, so that a window does not undo another's", owner: .cline),
    .init(
      "disableToolUse", in: browser, as: "browser", is: .flag, to: "keep Cline from using a browser"
    ),
    .init(
      "viewport.width", in: browser, as: "browser", is: .count, to: "the width of its pages",
      unit: "pixels"),
    .init(
      "viewport.height", in: browser, as: "browser", is: .count, to: "the height of its pages",
      unit: "pixels"),
    .init(
      "remoteBrowserEnabled", in: browser, as: "browser", is: .flag,
      to: "use a Chrome that runs already"),
    .init(
      "remoteBrowserHost", in: browser, as: "browser", is: .anyText, to: "where that Chrome listens"
    ),
    .init(
      "chromeExecutablePath", in: browser, as: "browser", is: .anyText,
      to: "the Chrome to start; empty for Cline's choice"),
    .init(
      "customArgs", in: browser, as: "browser", is: .anyText, to: "further arguments for Chrome"),
    .init("enabled", in: focus, as: "focus-chain", is: .flag, to: "keep a list of steps"),
    .init(
      "remindClineInterval", in: focus, as: "focus-chain", is: .count,
      to: "how often Cline is reminded of its list", unit: "messages"),
    .init(
      "preferredLanguage",
      is: .word([
        "English", "Arabic - العربية", "Portuguese - Português (Brasil)", "Czech - Čeština",
        "French - Français", "German - Deutsch", "Hindi - हिन्दी", "Hungarian - Magyar",
        "Italian - Italiano", "Japanese - 日本語", "Korean - 한국어", "Polish - Polski",
        "Portuguese - Português (Portugal)", "Russian - Русский", "Simplified Chinese - 简体中文",
        "Spanish - Español", "Traditional Chinese - 繁體中文", "Turkish - Türkçe",
      ]), standard: "English", to: "the language that Cline answers in"),
    .init(
      "telemetrySetting", is: .word(["unset", "enabled", "disabled"]), standard: "unset",
      to: "whether Cline reports its use"),
    .init(
      "enableCheckpointsSetting", is: .flag, standard: true, to: "keep checkpoints of the workspace"
    ),
    .init("useAutoCondense", is: .flag, standard: true, to: "shorten long conversations by itself"),
    .init("subagentsEnabled", is: .flag, standard: false, to: "let Cline start subagents"),
    .init("hooksEnabled", is: .flag, standard: true, to: "run the hooks of a workspace"),
    .init("worktreesEnabled", is: .flag, standard: false, to: "show git worktrees"),
    .init(
      "backgroundEditEnabled", is: .flag, standard: false, to: "change files without opening them"),
    .init(
      "shellIntegrationTimeout", is: .count, standard: 4000,
      to: "how long Cline waits for a terminal",
      unit: "milliseconds"),
    .init(
      "defaultTerminalProfile", is: .text, standard: "default",
      to: "the terminal profile that Cline opens"),
    .init(
      "optOutOfRemoteConfig", is: .flag, standard: false,
      to: "leave an organisation's configuration aside"),
    .init("showFeatureTips", is: .flag, standard: false, to: "show tips about features"),
    .init(
      "openTelemetryEnabled", is: .flag, standard: true,
      to: "send OpenTelemetry data where that is set up"),
    .init("openTelemetryMetricsExporter", is: .text, to: "the exporter of metrics, such as otlp"),
    .init("openTelemetryLogsExporter", is: .text, to: "the exporter of logs, such as otlp"),
    .init(
      "openTelemetryOtlpProtocol", is: .text, standard: "http/json", to: "the protocol of OTLP"),
    .init(
      "openTelemetryOtlpEndpoint", is: .text, standard: "http://localhost:4318",
      to: "where OTLP data goes"),
    .init("openTelemetryOtlpMetricsProtocol", is: .text, to: "the protocol of metrics alone"),
    .init("openTelemetryOtlpMetricsEndpoint", is: .text, to: "where metrics alone go"),
    .init("openTelemetryOtlpLogsProtocol", is: .text, to: "the protocol of logs alone"),
    .init("openTelemetryOtlpLogsEndpoint", is: .text, to: "where logs alone go"),
    .init(
      "openTelemetryMetricExportInterval", is: .count, standard: 60000, to: "how often metrics go",
      unit: "milliseconds"),
    .init(
      "openTelemetryOtlpInsecure", is: .flag, standard: false, to: "send OTLP data unencrypted"),
    .init(
      "openTelemetryLogBatchSize", is: .count, standard: 512, to: "how many logs go together",
      unit: "records"),
    .init(
      "openTelemetryLogBatchTimeout", is: .count, standard: 5000,
      to: "how long logs wait for others",
      unit: "milliseconds"),
    .init(
      "openTelemetryLogMaxQueueSize", is: .count, standard: 2048, to: "how many logs may wait",
      unit: "records"),
    .init(
      "requestTimeoutMs", is: .count, to: "how long Cline waits for a provider",
      unit: "milliseconds"),
  ]

  static let window: [ClineSetting] = [
    .init("terminalReuseEnabled", is: .flag, standard: true, to: "use an open terminal again"),
    .init(
      "vscodeTerminalExecutionMode", is: .word(["vscodeTerminal", "backgroundExec"]),
      standard: "vscodeTerminal", to: "where commands run"),
    .init(
      "mcpMarketplaceEnabled", is: .flag, standard: true, to: "offer the marketplace of MCP servers"
    ),
    .init(
      "mcpDisplayMode", is: .word(["rich", "plain", "markdown"]), standard: "plain",
      to: "how answers of MCP servers are shown"),
    .init(
      "mcpResponsesCollapsed", is: .flag, standard: false, to: "fold the answers of MCP servers"),
    .init("favoritedModelIds", is: .list, standard: [], to: "the models on top of the lists"),
    .init(
      "multiRootEnabled", is: .flag, standard: true, to: "work in several folders of a workspace"),
  ]

  static let command: [ClineSetting] = [
    .init(
      "planActMode", is: .word(["plan", "act"]), to: "the mode that the CLI starts in",
      file: .globalSettings, prefix: "cli."),
    .init(
      "telemetryOptOut", is: .flag, standard: false, to: "keep the CLI from reporting its use",
      file: .globalSettings, prefix: "cli."),
    .init(
      "autoUpdateEnabled", is: .flag, standard: true, to: "let the CLI update itself",
      file: .globalSettings,
      prefix: "cli."),
    .init(
      "compactionStrategy", is: .word(["basic", "agentic"]),
      to: "how long conversations are shortened",
      file: .globalSettings, prefix: "cli."),
    .init(
      "compactionEnabled", is: .flag, to: "whether long conversations are shortened",
      file: .globalSettings, prefix: "cli."),
    .init(
      "toolAutoApprove", is: .flag, to: "run every tool without asking", file: .globalSettings,
      prefix: "cli."),
    .init(
      "tuiTheme", is: .text, to: "the colours of the CLI", file: .globalSettings, prefix: "cli."),
    .init(
      "disabledTools", is: .list, to: "tools that are not offered to the model",
      file: .globalSettings,
      prefix: "cli."),
    .init(
      "disabledPlugins", is: .list, to: "plugins that are not loaded", file: .globalSettings,
      prefix: "cli."),
    .init(
      "tools", is: .object, to: "tools by name, each with enabled true or false", owner: .cline,
      file: .globalSettings, prefix: "cli."),
  ]

  static let editor: [ClineSetting] = [
    .init(
      "cline.rollout.bundleOverride", is: .word(["auto", "next", "legacy"]), standard: "auto",
      to: "which of its two programs Cline starts in VS Code", file: .vscode, prefix: "vscode.")
  ]

  /// Those that only the extension from before the SDK has (code of v4.0.12, the same file).
  static let legacy = legacyTable.map { setting in
    var setting = setting
    setting.isLegacy = true
    return setting
  }

  private static let legacyTable: [ClineSetting] = [
    .init(
      "strictPlanModeEnabled", is: .flag, standard: false, to: "keep plan mode from changing files"),
    .init(
      "yoloModeToggled", is: .flag, standard: false, to: "never ask, and use tools without a limit"),
    .init(
      "autoApproveAllToggled", is: .flag, standard: false, to: "let everything go without asking"),
    .init(
      "nativeToolCallEnabled", is: .flag, standard: true,
      to: "let models call tools in their own way"),
    .init(
      "enableParallelToolCalling", is: .flag, standard: true,
      to: "let models call several tools at once"),
    .init(
      "clineWebToolsEnabled", is: .flag, standard: true, to: "offer Cline's own tools for the web"),
    .init("customPrompt", is: .word(["compact"]), to: "use another system prompt"),
    .init(
      "doubleCheckCompletionEnabled", is: .flag, standard: false,
      to: "look at the work again before it is done"),
    .init(
      "lazyTeammateModeEnabled", is: .flag, standard: false, to: "answer as a lazy teammate would"),
    .init(
      "maxConsecutiveMistakes", is: .count, standard: 3,
      to: "how many mistakes in a row end a task",
      unit: "mistakes"),
    .init(
      "terminalOutputLineLimit", is: .count, standard: 500,
      to: "how much of a command's output is kept",
      unit: "lines"),
  ]
}
