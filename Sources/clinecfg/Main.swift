import ClineConfig
import ClinecfgCommands
import CommandLineTool

@main
enum Main {
  static func main() {
    let arguments = ProcessProtection.arguments()
    let fileMask = ProcessProtection.apply()
    var host = HostEnvironment.current()
    host.fileMask = fileMask
    let context = Context(host: host, console: TerminalConsole(variables: host.variables))
    let code = Clinecfg.run(arguments, in: context)
    ProcessProtection.exit(code.rawValue)
  }
}
