import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("The recipes work as they stand in the documents")
struct RecipeTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// What password managers print; each refuses words that it does not know.
  static let managers = [
    "op": "read op://Private/RutaAPI/credential", "pass": "show rutaapi",
    "security": "find-generic-password -s rutaapi -w", "secret-tool": "lookup service rutaapi",
  ]

  func addManagers() throws {
    for (name, words) in Self.managers {
      try workshop.program(
        name,
        text: "#!/bin/sh\n[ \"$*\" = '\(words)' ] || exit 64\necho invented-key-of-\(name)-0001\n")
    }
  }

  @Test(
    "every script block of every document runs",
    arguments: Document.all.filter {
      // That one has a test of its own, for many hosts.
      !$0.blocks("sh").isEmpty && !$0.path.hasSuffix("ansible.md")
    })
  func blocks(document: Document) throws {
    try addManagers()
    let other = workshop.folder.url.appending(path: "other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    let current = workshop.folder.url.appending(path: "current")
    try Data(#"{"zeta": 1.10}"#.utf8).write(to: current)
    let profiles = workshop.home.appending(path: ".config/clinecfg")
    try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
    if document.path.hasSuffix("chezmoi.md") {
      try FileManager.default.copyItem(
        at: Fixtures.root.appending(path: "docs/recipes/bootstrap/cline.json"),
        to: profiles.appending(path: "cline.json"))
    }
    for tool in ["stow", "yadm"] where document.text.contains("\n\(tool) ") {
      guard Tool.find(tool) != nil else {
        return Tool.skip(tool, consequence: "\(document.path) was not run")
      }
    }
    for block in document.blocks("sh") {
      let run = try workshop.run(
        block,
        variables: [
          "OTHER_HOME": other.path, "CURRENT": current.path,
          "WANTED": workshop.folder.url.appending(path: "wanted").path,
        ])
      #expect(run.status == 0, "\(block)\n\(run.output)\(run.error)")
      #expect(!(run.output + run.error).contains("invented-"), "\(run.output)\(run.error)")
    }
  }

  @Test("bootstrap: the second run writes nothing, without terminal, key on the line, or network")
  func bootstrap() throws {
    let line = "sh docs/recipes/bootstrap/bootstrap.sh"
    let first = try workshop.run(line)
    #expect(first.status == 0 && first.output.contains("now uses RutaAPI"), "\(first.error)")
    #expect(workshop.text(".cline/data/secrets.json")?.contains(Workshop.key) == true)
    let before = workshop.state(of: workshop.home)
    let second = try workshop.run(line)
    #expect(second.status == 0 && second.output.contains("already uses"), "\(second.error)")
    #expect(workshop.state(of: workshop.home) == before)
    let drift = "clinecfg apply docs/recipes/bootstrap/cline.json --check"
    #expect(try workshop.run(drift).status == 0)
    #expect(
      try workshop.run("clinecfg set globalState:/actModeOpenAiModelId x; \(drift)").status == 2)
    let none = try workshop.run("PATH=/usr/bin:/bin; \(line)")
    #expect(none.status == 69 && none.error.contains("install it first"))
    let keyless = try workshop.run("unset RUTAAPI_API_KEY; \(line)")
    #expect(keyless.status == 66 && keyless.error.contains("RUTAAPI_API_KEY"))
  }

  @Test("bootstrap as root for another user leaves nothing that is root's")
  func anotherHome() throws {
    guard getuid() == 0 else {
      return Tool.skip("root", consequence: "another user's home was not prepared")
    }
    let other = workshop.folder.url.appending(path: "other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    chown(other.path, 12345, 12345)
    for _ in 0..<2 {
      let run = try workshop.run(
        "sh docs/recipes/bootstrap/bootstrap.sh; clinecfg save work --with-key", home: other)
      #expect(run.status == 0, "\(run.error)")
    }
    let found = try workshop.run("find '\(other.path)' ! -uid 12345 -o ! -gid 12345")
    #expect(found.status == 0 && found.output == "", "\(found.output)")
    #expect(workshop.text(".config/clinecfg/keys/work", below: other) == Workshop.key + "\n")
  }

  @Test("Ansible: every host changes once, a drifted one alone again, and a check writes nothing")
  func ansible() throws {
    guard Tool.find("ansible-playbook") != nil else {
      return Tool.skip("ansible-playbook", consequence: "the playbook was not run")
    }
    let document = Document(path: "docs/recipes/ansible.md")
    let playbook = try String(
      contentsOf: Fixtures.root.appending(path: "docs/recipes/ansible/playbook.yml"),
      encoding: .utf8)
    #expect(document.blocks("yaml") == [playbook])
    let hosts = (1...24).map { "host\($0 < 10 ? "0" : "")\($0)" }
    func home(_ host: String) -> URL { workshop.folder.url.appending(path: "homes/\(host)") }
    var inventory = "[all:vars]\nansible_connection=local\nansible_python_interpreter=python3\n"
    inventory += "cline_api_key=\(Workshop.key)\n[fleet]\n"
    for host in hosts {
      try FileManager.default.createDirectory(at: home(host), withIntermediateDirectories: true)
      inventory += "\(host) cline_home=\(home(host).path)\n"
    }
    let file = workshop.folder.url.appending(path: "inventory")
    try Data(inventory.utf8).write(to: file)
    let lines = document.blocks("sh")[0].split(separator: "\n").map(String.init)
    #expect(lines.count == 2)
    func play(_ line: String) throws -> (text: String, changed: [String], failed: Bool) {
      let run = try workshop.run(
        line,
        variables: [
          "INVENTORY": file.path, "ANSIBLE_FORKS": "8", "ANSIBLE_PIPELINING": "1",
          "ANSIBLE_NOCOLOR": "1", "ANSIBLE_LOCAL_TEMP": workshop.folder.url.path + "/local",
          "ANSIBLE_REMOTE_TEMP": workshop.folder.url.path + "/remote",
        ])
      let text = run.output + run.error
      let changed = hosts.filter { host in
        text.contains(try! Regex("(?m)^\(host) +: ok=1 +changed=1 "))
      }
      return (text, changed, run.status != 0)
    }
    let (check, apply) = (lines[0], lines[1])

    let preview = try play(check)
    #expect(!preview.failed && preview.changed == hosts, "\(preview.text.suffix(2000))")
    #expect(preview.text.contains("+  \"openAiApiKey\": \"…0001\""))
    #expect(!preview.text.contains(Workshop.key))
    #expect(hosts.allSatisfy { workshop.state(of: home($0)).isEmpty })

    let first = try play(apply)
    #expect(!first.failed && first.changed == hosts, "\(first.text.suffix(2000))")
    #expect(!first.text.contains(Workshop.key))
    for host in hosts {
      #expect(
        workshop.text(".cline/data/secrets.json", below: home(host))?.contains(Workshop.key) == true
      )
    }
    let states = hosts.map { workshop.state(of: home($0)) }
    let second = try play(apply)
    #expect(!second.failed && second.changed == [], "\(second.text.suffix(2000))")
    #expect(hosts.map { workshop.state(of: home($0)) } == states)

    let drifted = "host17"
    _ = try workshop.run(
      "clinecfg set globalState:/openAiBaseUrl https://llm.example.com/v1 -q", home: home(drifted))
    let third = try play(check)
    #expect(third.changed == [drifted])
    #expect(third.text.contains("-  \"openAiBaseUrl\": \"https://llm.example.com/v1\""))
    #expect(try play(apply).changed == [drifted])
    #expect(try play(apply).changed == [])

    // What clinecfg refuses fails the task in its own words.
    let bad = workshop.folder.url.appending(path: "bad")
    try Data(
      inventory.replacing(
        "cline_api_key=\(Workshop.key)",
        with: "cline_api_key=sk-or-v1-\(String(repeating: "0", count: 64))"
      ).utf8
    )
    .write(to: bad)
    let refused = try play(apply.replacing("$INVENTORY", with: bad.path))
    #expect(refused.failed && refused.text.contains("refused by TRIPLE401"))
    #expect(!refused.text.contains("0000000000"))
  }

  /// What chezmoi does with `modify_` scripts: the file on standard input, what they print is the
  /// file; `private_` is no permission for others.
  static let chezmoi = #"""
    cd docs/recipes/chezmoi
    find . -type f -name 'modify_*' | while read -r script; do
      target="$HOME/$(printf '%s' "$script" | sed 's,^\./,,; s,modify_,,; s,private_,,g; s,dot_,.,g')"
      mkdir -p "$(dirname "$target")"
      if [ -e "$target" ]; then cat "$target"; fi > "$HOME/in"
      sh "$script" < "$HOME/in" > "$HOME/out"
      cmp -s "$HOME/in" "$HOME/out" || { cat "$HOME/out" > "$target"; echo "wrote $target"; }
    done
    """#

  @Test("chezmoi: modify_ scripts make the files, leave all else in them, and then nothing")
  func chezmoi() throws {
    let profiles = workshop.home.appending(path: ".config/clinecfg")
    try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Fixtures.root.appending(path: "docs/recipes/bootstrap/cline.json"),
      to: profiles.appending(path: "cline.json"))
    let data = workshop.home.appending(path: ".cline/data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try Data("{\r\n\t\"zeta\": 1.10,\r\n\t\"alpha\": 2\r\n}\r\n".utf8).write(
      to: data.appending(path: "globalState.json"))
    let first = try workshop.run(Self.chezmoi)
    #expect(first.status == 0, "\(first.error)")
    #expect(first.output.components(separatedBy: "wrote").count == 4, "\(first.output)")
    let state = try #require(workshop.text(".cline/data/globalState.json"))
    #expect(state.hasPrefix("{\r\n\t\"zeta\": 1.10,\r\n\t\"alpha\": 2,\r\n\t\"openAiBaseUrl\""))
    let doctor = try workshop.run(
      "chmod 600 ~/.cline/data/*.json ~/.cline/data/*/*.json; clinecfg doctor --strict")
    #expect(doctor.status == 0, "\(doctor.output)")
    #expect(try workshop.run(Self.chezmoi).output == "")

    // The other way: a script that runs when the profile changes.
    let script = try #require(
      workshop.text(
        "docs/recipes/chezmoi/run_onchange_after_cline.sh.tmpl", below: workshop.checkout))
    let rendered = script.replacing(/\{\{.*\}\}/, with: "0f0f")
    let run = try workshop.run(rendered)
    #expect(run.status == 0 && run.output.contains("already uses"), "\(run.error)")
  }

  @Test("Stow's and yadm's files: links stay links, and what they lead to is written")
  func links() throws {
    guard Tool.find("stow") != nil else {
      return Tool.skip("stow", consequence: "its links were not tried")
    }
    let run = try workshop.run(Document(path: "docs/recipes/dotfiles.md").blocks("sh")[0])
    #expect(run.status == 0, "\(run.error)")
    let link = workshop.home.appending(path: ".cline/data/globalState.json").path
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: link)
    #expect(target.hasSuffix("dotfiles/cline/.cline/data/globalState.json"))
    #expect(
      workshop.text("dotfiles/cline/.cline/data/globalState.json")?.contains("api.rutaapi.com")
        == true)
    let kept = workshop.state(of: workshop.home.appending(path: "dotfiles")).keys
    #expect(!kept.contains { $0.contains("secrets") || $0.contains("providers") })
  }

  @Test("a dev container is set up, and starts without a key too")
  func devcontainer() throws {
    let line = "sh docs/recipes/devcontainer/install.sh"
    let keyless = try workshop.run("unset RUTAAPI_API_KEY; \(line)")
    #expect(keyless.status == 0 && keyless.error.contains("not set up"))
    #expect(workshop.text(".cline/data/secrets.json") == nil)
    #expect(try workshop.run(line).status == 0)
    #expect(workshop.text(".cline/data/globalState.json")?.contains("demo-model") == true)
    let json = try #require(
      workshop.text("docs/recipes/devcontainer/devcontainer.json", below: workshop.checkout))
    let document = try JSONDocument(parsing: Array(json.utf8), dialect: .jsonc)
    #expect(document["/postCreateCommand"]?.string?.hasSuffix("install.sh") == true)
  }

  @Test("a dev container's feature unpacks the archive of the container's machine")
  func feature() throws {
    let run = try workshop.run(
      """
      cp docs/recipes/devcontainer/feature/install.sh *.tar.gz "$HOME/"
      mkdir "$HOME/usr"
      PREFIX="$HOME/usr" sh "$HOME/install.sh"
      """)
    #expect(run.status == 0 && run.output.hasPrefix("clinecfg "), "\(run.output)\(run.error)")
    let json = try #require(
      workshop.text(
        "docs/recipes/devcontainer/feature/devcontainer-feature.json", below: workshop.checkout))
    let version = try JSONDocument(parsing: Array(json.utf8))["/version"]?.string
    #expect(run.output.contains(version ?? "-"))
  }

  @Test("GitHub Actions: the steps' scripts run, and stop where the key is another's")
  func githubActions() throws {
    guard let python = Tool.find("python3") else {
      return Tool.skip("python3", consequence: "no workflow was read")
    }
    let workflow = Fixtures.root.appending(path: "docs/recipes/github-actions/cline.yml").path
    let read = try Tool.run(
      python,
      arguments: [
        "-c",
        "import sys, yaml; [print(s['run']) for s in yaml.safe_load(open(sys.argv[1]))['jobs']['cline']['steps'] if 'run' in s]",
        workflow,
      ])
    guard read.status == 0 else {
      return Tool.skip("python3 with yaml", consequence: "no workflow was read")
    }
    let steps = read.output.split(separator: "\n").map(String.init)
    #expect(steps.count == 2)
    for step in steps {
      let run = try workshop.run("set -o pipefail; \(step)", shell: "bash")
      #expect(run.status == 0, "\(step): \(run.output)\(run.error)")
    }
    let other = try workshop.run(
      steps[0], variables: ["RUTAAPI_API_KEY": "gsk_" + String(repeating: "0", count: 52)],
      shell: "bash")
    #expect(other.status == 78)
  }

  @Test("password managers are asked with the words of the documents")
  func passwords() throws {
    try addManagers()
    let blocks = Document(path: "docs/recipes/keys.md").blocks("sh")
    for (name, words) in Self.managers {
      let block = try #require(blocks.first { $0.contains("--key-command '\(name) \(words)'") })
      #expect(try workshop.run(block).status == 0)
      #expect(
        workshop.text(".cline/data/secrets.json")?.contains("invented-key-of-\(name)-0001") == true)
    }
  }

  @Test("the profiles that documents show are profiles")
  func profiles() throws {
    var count = 0
    for document in Document.all {
      for block in document.blocks("json") where block.contains("\"provider\"") {
        #expect(throws: Never.self, "\(document.path)") {
          try Profile(parsing: Array(block.utf8), name: document.path)
        }
        count += 1
      }
    }
    #expect(count > 1)
  }

  @Test("shellcheck has nothing to say of any script, in a file or in a document")
  func shellcheck() throws {
    guard let shellcheck = Tool.find("shellcheck") else {
      return Tool.skip("shellcheck", consequence: "no script was checked")
    }
    func check(_ text: String, name: String, more: [String] = []) throws {
      let run = try Tool.run(shellcheck, arguments: more + ["-"], input: text)
      #expect(run.status == 0, "\(name)\n\(run.output)")
    }
    var scripts = 0
    for folder in ["docs", ".ci"] {
      let root = Fixtures.root.appending(path: folder)
      for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8),
          text.hasPrefix("#!"), text.prefix(30).contains("sh\n")
        else { continue }
        try check(text, name: path)
        scripts += 1
      }
    }
    #expect(scripts >= 7)
    for document in Document.all {
      for block in document.blocks("sh") {
        try check(block, name: document.path, more: ["-s", "sh"])
      }
    }
    let bash = try Binary.run(["completions", "bash"], home: workshop.home).output
    // Splitting at line ends only is what the script sets IFS for.
    try check(bash, name: "completions bash", more: ["-s", "bash", "-e", "SC2207"])
  }
}
