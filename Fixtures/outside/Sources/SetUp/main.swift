import ClineConfig

let host = HostEnvironment.current()
guard let locations = ClineLocations.find(for: .cli, on: host) else { throw NoHome() }
var choice = Profile.Choice(provider: "rutaapi", models: [.plan: "demo-model", .act: "demo-model"])
choice.key = .environment("RUTAAPI_API_KEY")
let planner = SetupPlanner(store: SettingsStore(locations: locations, host: host))
let plan = try planner.plan([choice])  // throws where the three do not belong together
_ = try planner.verify(plan)  // asks the provider
try planner.commit(plan, command: "my tool")  // one transaction, with a backup

struct NoHome: Error {}
