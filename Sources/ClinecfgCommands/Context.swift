package import ClineConfig
package import CommandLineTool
import LosslessJSON

/// What a run stands on: the machine, the terminal, what is known of providers.
package struct Context: Sendable {
  package var host: HostEnvironment
  package var console: any Console
  /// Made when it is first asked.
  package var catalog: ProviderCatalog { own ?? .bundled }
  private let own: ProviderCatalog?
  /// Provider files of the user's that could not be taken.
  package var catalogProblems: [UserCatalog.Problem] = []

  /// The bundled catalogue with the user's own providers.
  package init(host: HostEnvironment, console: any Console) {
    self.host = host
    self.console = console
    let own = UserCatalog.load(on: host)
    self.own = own.providers.isEmpty ? nil : .bundled.adding(own.providers)
    catalogProblems = own.problems
  }
}
