/// What an HTTP status of a model provider means, and what to do.
package struct StatusGuidance: Hashable, Sendable {
  /// The status.
  package let status: Int
  /// Its usual name.
  package let name: String
  /// What causes it, likeliest first.
  package let causes: [String]
  /// What to do, in order.
  package let steps: [Advice]

  /// The statuses that Cline's users meet. From the providers' own documentation, and from what
  /// Cline shows for each (services/error/ClineError.ts, 4.1.13).
  package static let all: [StatusGuidance] = [
    .init(
      400, "Bad Request",
      [
        "the Model ID does not exist there (some providers answer 400 and not 404)",
        "the request is larger than the model's context",
        "the Base URL speaks another protocol than OpenAI's",
      ],
      [
        "choose a Model ID from the provider's own list:\(.listModels)",
        "see what is wrong with the stored values:\(.examine())",
      ]),
    .init(
      401, "Unauthorized",
      [
        "the key is of another provider than the Base URL",
        "the key is wrong, cut off when copied, or revoked",
        "no key is stored, and another one was taken from the environment",
        "the Base URL is empty, so that OpenAI gets the key",
        "some providers answer 401 for an account without credits",
      ],
      [
        "see what is wrong with the stored values:\(.examine())",
        "see which key each client sends where:\(.show)",
        "create a new key at the provider, and set all three together:\(.setUp(nil))",
      ]),
    .init(
      402, "Payment Required", ["the account has no credits"],
      ["add credits in the provider's dashboard"]),
    .init(
      403, "Forbidden",
      [
        "the key is known, but the account has no credits, or no access to the model",
        "the key is limited to other models, addresses or regions",
      ],
      [
        "look at balance and model access in the provider's dashboard",
        "choose a Model ID that the provider offers to this key:\(.listModels)",
      ]),
    .init(
      404, "Not Found",
      [
        "the Model ID is not active in the account",
        "the Base URL lacks /v1, or has it twice, or ends in an endpoint",
        "the Base URL is a website or dashboard",
      ],
      [
        "see whether the address is wrong:\(.examine())",
        "choose a Model ID from the provider's own list:\(.listModels)",
      ]),
    .init(
      405, "Method Not Allowed", ["the Base URL has the wrong path: a page, or another API"],
      ["see whether the address is wrong:\(.examine())"]),
    .init(
      413, "Content Too Large", ["the request is larger than the server or the model takes"],
      ["start a new task, or choose a model with a larger context:\(.setUp(nil))"]),
    .init(
      429, "Too Many Requests",
      [
        "more requests at once, or in a minute, than the plan allows", "a quota is used up",
        "at Z.ai and Zhipu, code 1113: a coding-plan key at the pay-as-you-go address",
      ],
      ["wait as long as Retry-After says", "lower the number of parallel tasks"]),
    .init(
      500, "Internal Server Error", ["the provider failed"],
      [
        "try again; if it stays, send the provider's support the request id and what this prints:\(.show)"
      ]),
    .init(
      502, "Bad Gateway", ["a gateway reached no model server behind it"],
      ["try a short request again, or another model"]),
    .init(
      503, "Service Unavailable", ["the route to the model is down for the moment"],
      [
        "try a short request again, or another model",
        "if it stays, contact the provider's support",
      ]),
    .init(
      504, "Gateway Timeout", ["the model server took too long"], ["try a shorter request"]),
  ]

  /// What is known of a status; of any 5xx what 500 says.
  package static func of(_ status: Int) -> StatusGuidance? {
    all.first { $0.status == status }
      ?? ((500...599).contains(status) ? all.first { $0.status == 500 } : nil)
  }

  private init(_ status: Int, _ name: String, _ causes: [String], _ steps: [Advice]) {
    self.status = status
    self.name = name
    self.causes = causes
    self.steps = steps
  }
}
