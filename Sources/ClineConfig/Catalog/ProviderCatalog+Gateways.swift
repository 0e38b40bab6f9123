extension ProviderCatalog {
  /// Providers that serve other vendors' models.
  static let gateways: [Provider] = [
    // Source: the provider's own guide for Cline. The form of its keys is not published.
    Provider(
      "rutaapi", "RutaAPI", .gateway,
      aliases: ["ruta"],
      roots: [.init("https://api.rutaapi.com/v1")],
      websites: ["rutaapi.com"],
      dashboards: ["app.rutaapi.com"],
      keysURL: "https://app.rutaapi.com",
      keysPlace: "the Tokens section of https://app.rutaapi.com (shown once)",
      variables: ["RUTAAPI_API_KEY"]),
    // API and website share a host: the path decides.
    Provider(
      "openrouter", "OpenRouter", .gateway, slot: "openrouter",
      roots: [.init("https://openrouter.ai/api/v1")],
      websites: ["openrouter.ai"],
      keysURL: "https://openrouter.ai/settings/keys",
      keys: [KeyShape("sk-or-v1-", parts: [.run(.hexadecimal, [64...64])])],
      variables: ["OPENROUTER_API_KEY"]),
  ]

  /// Any other OpenAI-compatible endpoint.
  static let custom = Provider(
    "custom", "another OpenAI-compatible endpoint", .custom, aliases: ["openai-compatible"])
}
