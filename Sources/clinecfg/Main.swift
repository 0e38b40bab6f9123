import ClineConfig
import ClinecfgCommands
import CommandLineTool

@main
enum Main {
  static func main() {
    let fileMask = ProcessProtection.apply()
    var host = HostEnvironment.current()
    host.fileMask = fileMask
    let context = Context(host: host, console: TerminalConsole(variables: host.variables))
    let code = Clinecfg.run(Array(CommandLine.arguments.dropFirst()), in: context)
    ProcessProtection.exit(code.rawValue)
  }
}
