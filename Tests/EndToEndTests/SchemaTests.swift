import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// The documents that `--json` prints are those that `docs/schemas` describes.
@Suite("Every JSON document is as its schema says")
struct SchemaTests {
  /// Reads each document and the schema that it names.
  static let validator = """
    import json, os, sys
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    folder, documents = sys.argv[1], sys.argv[2]
    schemas = {}
    for name in os.listdir(folder):
        schema = json.load(open(os.path.join(folder, name)))
        Draft202012Validator.check_schema(schema)
        schemas[schema['$id']] = schema
    registry = Registry().with_resources(
        [(key, Resource.from_contents(schema)) for key, schema in schemas.items()])
    seen, bad = {}, 0
    for name in sorted(os.listdir(documents)):
        words, text = open(os.path.join(documents, name)).read().split('\\n', 1)
        document = json.loads(text)
        command = document['schema'].split('.', 1)[1].split('/')[0]
        schema = schemas.get('clinecfg.%s.json' % command)
        if schema is None:
            print('MISSING docs/schemas/%s.json' % command); bad += 1
            continue
        seen.setdefault(command, []).append(document['ok'])
        errors = list(Draft202012Validator(schema, registry=registry).iter_errors(document))
        if errors:
            bad += 1
            from jsonschema.exceptions import best_match
            print('BAD', words, ':', best_match(errors).message[:300])
    for command in sorted(schemas):
        short = command.split('.')[1]
        if short not in ('common', 'profile', 'provider') and short not in seen: print('NEVER', short); bad += 1
    print('checked', sum(len(v) for v in seen.values()), 'documents of', len(seen), 'commands,', bad, 'bad')
    """

  @Test("successes and failures of every command")
  func documents() throws {
    guard let python = Tool.find("python3"),
      try Tool.run(python, arguments: ["-c", "import jsonschema, referencing"]).status == 0
    else {
      return Tool.skip(
        "python3 with jsonschema", consequence: "no document was held against its schema")
    }
    let folder = try TemporaryDirectory()
    var number = 0
    func keep(_ machine: TestMachine, words: [String]) throws {
      let run = machine.run(words + ["--json"])
      let document = try JSONDocument(parsing: Array(run.output.utf8))
      // `ok` is true exactly when the exit code is 0; from 64 on there is an error of that code.
      #expect(document["/ok"]?.bool == (run.code == 0), "\(words)")
      let code = document["/error/code"]?.number?.exactly(as: Int32.self)
      #expect(code == (run.code >= 64 ? run.code : nil), "\(words)")
      number += 1
      try Data((words.joined(separator: " ") + "\n" + run.output).utf8).write(
        to: folder.url.appending(path: String(format: "%04d", number)))
    }
    for fixture in try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.root.appending(path: "Fixtures/cline").path)
    where !fixture.contains(".") || fixture.hasPrefix("cline-") {
      var machine = try TestMachine(
        fixture: fixture,
        variables: ["K": "invented-key-0001-abcd", "OPENAI_API_KEY": "invented-key-0009"])
      machine.transport = ScriptedTransport(models: ["m", "m2"])
      machine.files.put(
        #"{"provider":"rutaapi","model":"m","key":{"env":"K"}}"#, at: "/profiles/one")
      let code = "/home/u/.config/Code/User"
      machine.files.put(
        #"{"cline.apiProvider":"groq","cline.openAiModelId":"m"}"#, at: code + "/settings.json")
      machine.files.put(
        #"{"version":"4.1.13"}"#,
        at: "/home/u/.vscode/extensions/saoudrizwan.claude-dev-4.1.13/package.json")
      machine.files.put("SQLite", at: code + "/globalStorage/state.vscdb")
      machine.databases[code + "/globalStorage/state.vscdb"] = [
        ("saoudrizwan.claude-dev", Array(#"{"apiProvider":"groq","groqModelId":"m"}"#.utf8))
      ]
      machine.files.put(
        #"{"plan":{"provider":"groq","model":"p","key":{"env":"K"}},"act":{"provider":"rutaapi","model":"m","key":{"env":"K"}}}"#,
        at: "/profiles/two")
      for words in [
        ["show"], ["doctor"], ["doctor", "--live"], ["doctor", "--fix", "--dry-run"], ["verify"],
        ["models"], ["report", "--live"], ["get", "globalState:"], ["backups"],
        ["backups", "verify"],
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--dry-run"],
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"],
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"], ["show"], ["verify"],
        ["set", "globalState:/mode", "plan"], ["unset", "globalState:/mode"], ["undo"],
        ["remove", "rutaapi"], ["undo", "--dry-run"], ["remove", "rutaapi", "--purge-backups"],
        ["doctor", "--fix"], ["recover"], ["backups", "prune"], ["backups", "purge"], ["backups"],
        ["forget"], ["vscode"], ["vscode", "bundle", "next"], ["vscode", "bundle", "next"],
        ["import", "vscode", "--key-env", "K", "--dry-run"],
        ["import", "settings", "--key-env", "K", "--dry-run"], ["env", "acp"], ["export"],
        ["apply", "/profiles/one"],
        ["apply", "/profiles/two", "--no-verify"],
        ["apply", "/profiles/one", "--check"], ["apply", "/profiles/one", "--dry-run"],
        ["diff", "/profiles/one"], ["diff", "/profiles/two", "--exit-code"], ["export"],
        ["save", "a", "--with-key"], ["apply", "/profiles/one"], ["save", "b", "--key-env", "K"],
        ["save", "b", "--key-env", "K"], ["use", "a"], ["use", "-"], ["profiles"],
        ["profiles", "remove", "a"], ["profiles"], [], ["model", "m2", "--no-verify"], ["model"],
        ["schema"], ["schema", "show"], ["schema", "none"], ["run", "none", "true"],
        ["import", "link"], ["providers", "add", "none"],
        ["settings"], ["settings", "list", "--all"], ["settings", "get", "mode"],
        ["settings", "explain", "telemetry"], ["settings", "set", "mode", "plan"],
        ["settings", "set", "mode", "x"], ["settings", "unset", "mode"],
        ["filter", "secrets", "--profile", "/profiles/one"],
      ] { try keep(machine, words: words) }
      let id = try machine.run("backups", "--json").json["backups"]?.array?.first?["id"]?.string
      for words in [["show"], ["diff"], ["restore"]] {
        try keep(machine, words: ["backups"] + words + [id ?? "none"])
      }
      machine.transport = ScriptedTransport(status: 401)
      for words in [
        ["set-provider", "groq", "--key-env", "K", "--model", "m"], ["verify"], ["models"],
        ["set-provider", "rutaapi", "--key-env", "NONE", "--model", "m"],
      ] { try keep(machine, words: words) }
    }
    let machine = TestMachine(variables: ["K": "gsk_" + String(repeating: "0", count: 52)])
    for words in [
      [], ["nope"], ["show", "--nope"], ["doctor", "--list"], ["doctor", "--only", "X"],
      ["check", "--base-url", "https://rutaapi.com", "--key-env", "K"], ["check"],
      ["explain", "401"], ["explain", "x"], ["providers"], ["providers", "rutaapi"],
      ["providers", "x"], ["providers", "validate", "x"], ["completions", "bash"], ["man"],
      ["completions", "x"], ["get", "x"], ["get", "globalState:/x"], ["set", "secrets:/x", "y"],
      ["unset", "globalState:"], ["undo"], ["remove", "nobody"],
      ["recover", "--forward", "--back"],
      ["backups", "show", "x"], ["models"], ["verify"], ["report"], ["forget", "--provider", "x"],
      ["set-provider"], ["set-provider", "rutaapi", "--model", "m", "--key", "x"],
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"], ["apply", "none"],
      ["apply"], ["diff", "none"], ["export"], ["save", ".x"], ["use", "none"], ["use", "-"],
      ["profiles"], ["profiles", "remove", "none"], ["filter", "x"],
      ["vscode"], ["vscode", "bundle", "x"], ["import", "vscode"], ["import"],
      ["import", "settings"], ["env", "acp"], ["env"],
    ] { try keep(machine, words: words) }
    let answer = try Tool.run(
      python,
      arguments: [
        "-c", Self.validator, Fixtures.root.appending(path: "docs/schemas").path, folder.url.path,
      ])
    print("schemas: \(answer.output.split(separator: "\n").last ?? "")")
    #expect(answer.output.contains(" 0 bad"), "\(answer.output)\(answer.error)")
    #expect(number > 500)
  }

  static let profiles = [
    #"{"provider":"a","model":"m"}"#, #"{"provider":"a"}"#, #"{"model":"m"}"#, "[]", "3",
    #"{"$schema":"x","provider":"a","model":{"plan":"m","act":"n"},"key":{"env":"A"}}"#,
    #"{"provider":"a","model":{"plan":"m"}}"#, #"{"provider":"a","model":{"plan":"m","act":3}}"#,
    #"{"provider":"a","model":""}"#, #"{"provider":"a","model":"m","modell":"m"}"#,
    #"{"provider":"a","model":"m","key":"k"}"#, #"{"provider":"a","model":"m","key":{}}"#,
    #"{"provider":"a","model":"m","key":{"file":"~/k"}}"#,
    #"{"provider":"a","model":"m","key":{"command":["op","read","x"]}}"#,
    #"{"provider":"a","model":"m","key":{"command":[]}}"#,
    #"{"provider":"a","model":"m","key":{"command":["a",1]}}"#,
    #"{"provider":"a","model":"m","key":{"keep":true}}"#,
    #"{"provider":"a","model":"m","key":{"keep":false}}"#,
    #"{"provider":"a","model":"m","key":{"none":true}}"#,
    #"{"provider":"a","model":"m","key":{"none":true,"keep":true}}"#,
    #"{"provider":"a","model":"m","key":{"secret":"x"}}"#,
    #"{"provider":"a","model":"m","baseURL":"https://b/v1","contextWindow":1,"maxTokens":2}"#,
    #"{"provider":"a","model":"m","maxTokens":0}"#,
    #"{"provider":"a","model":"m","maxTokens":1.5}"#,
    #"{"provider":"a","model":"m","headers":{"X":"y","Z":{"env":"E"}}}"#,
    #"{"provider":"a","model":"m","headers":{"X":1}}"#,
    #"{"provider":"a","model":"m","headers":[]}"#,
    #"{"plan":{"provider":"a","model":"m"}}"#,
    #"{"act":{"provider":"a","model":"m"},"$schema":"s"}"#,
    #"{"plan":{"provider":"a","model":"m"},"act":{"provider":"b","model":"m","key":{"keep":true}}}"#,
    #"{"plan":{"provider":"a","model":{"plan":"m","act":"n"}}}"#,
    #"{"plan":{"provider":"a","model":"m"},"provider":"a","model":"m"}"#,
    #"{"plan":{"provider":"a","model":"m","$schema":"x"}}"#, #"{"plan":{}}"#, "{}",
  ]

  @Test("the schema of profiles takes what the command takes, and nothing else")
  func profileSchema() throws {
    guard let python = Tool.find("python3"),
      try Tool.run(python, arguments: ["-c", "import jsonschema"]).status == 0
    else {
      return Tool.skip(
        "python3 with jsonschema", consequence: "the schema of profiles was not tried")
    }
    let script = """
      import json, sys
      from jsonschema import Draft202012Validator
      validator = Draft202012Validator(json.load(open(sys.argv[1])))
      print(' '.join(str(validator.is_valid(json.loads(text))) for text in sys.argv[2:]))
      """
    let schema = Fixtures.root.appending(path: "docs/schemas/profile.json").path
    let answer = try Tool.run(python, arguments: ["-c", script, schema] + Self.profiles)
    let verdicts = answer.output.split(whereSeparator: \.isWhitespace).map { $0 == "True" }
    #expect(verdicts.count == Self.profiles.count && verdicts.contains(true), "\(answer.error)")
    for (text, verdict) in zip(Self.profiles, verdicts) {
      let ours = (try? Profile(parsing: Array(text.utf8), name: "x")) != nil
      #expect(ours == verdict, "\(text)")
    }
  }

  /// `clinecfg schema` has them in itself.
  @Test("the schemas that are printed are those of the documents")
  func embedded() throws {
    var text = """
      // swift-format-ignore-file

      /// The JSON Schemas of `docs/schemas`, for `clinecfg schema`. Recorded: see docs/contributing.md.
      enum Schemas {
        static let all: [(name: String, text: String)] = [

      """
    let folder = Fixtures.root.appending(path: "docs/schemas")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      let schema = try JSONDocument(parsing: bytes).root
      let compact = String(decoding: schema.bytes(layout: .compact), as: UTF8.self)
      text += "    (\"\(name.dropLast(5))\", ##\"\(compact)\"##),\n"
    }
    expectGolden(text + "  ]\n}\n", path: "Sources/ClinecfgCommands/Schemas.swift")
  }
}
