import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg schema NAME`
enum SchemaCommand {
  private static let name = Argument<String>.positional(
    "NAME", help: "a command, or profile, provider, common; all names where none is given",
    isRequired: false, completion: .values(Schemas.all.map(\.name)))

  static let command = Command<Context>(
    abstract: "print the JSON Schema of a document or a file",
    discussion:
      "Of what --json prints, and of the files that you write: profiles and provider files.",
    arguments: [name],
    examples: [
      Example("clinecfg schema profile", "for an editor that checks profiles"),
      Example("clinecfg schema doctor", "what doctor --json prints"),
    ],
    action: answer { run in
      guard let name = run[name] else {
        return Report(
          TextAnswer(Schemas.all.map { $0.name + "\n" }.joined(), as: "content"), isData: true)
      }
      guard let schema = Schemas.all.first(where: { $0.name == name }),
        let document = try? JSONDocument(parsing: Array(schema.text.utf8))
      else {
        throw Failure(
          .noInput, "there is no schema '\(run.catalog.shown(name))'",
          help: nearest(to: name, in: Schemas.all.map(\.name)).map { "did you mean '\($0)'?" }
            ?? "to list them:\(clinecfg: "schema")")
      }
      let text = String(decoding: document.root.bytes(), as: UTF8.self)
      return Report(TextAnswer(text + "\n", as: "content"), isData: true)
    })
}
