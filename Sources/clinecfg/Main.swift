import ClineConfig
import ClinecfgCommands
import CommandLineTool

@main
enum Main {
  static func main() {
    ProcessProtection.apply()
    let host = HostEnvironment.current()
    let context = Context(host: host, console: TerminalConsole(variables: host.variables))
    let code = Clinecfg.run(Array(CommandLine.arguments.dropFirst()), in: context)
    ProcessProtection.exit(code.rawValue)
  }
}
