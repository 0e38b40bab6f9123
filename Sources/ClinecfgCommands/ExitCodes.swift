package import CommandLineTool

/// What the exit codes say, for `explain exit-codes`, the man page and `docs/cli.md`.
package let exitCodeMeanings: [(code: ExitCode, meaning: String)] = [
  (.success, "done, or already so"),
  (.problemsFound, "doctor, check: problems found"),
  (.wouldChange, "apply --check, diff --exit-code: something would change"),
  (.usage, "wrong usage"),
  (
    .badData,
    "a file is not what it must be: not JSON, a schema that Cline would reject, a bad profile"
  ),
  (
    .noInput,
    "no such provider, profile, backup or value; a key source that is missing, empty or failing"
  ),
  (.unavailable, "the provider cannot be reached: DNS, connection, TLS, time"),
  (.software, "a bug in clinecfg"),
  (.cannotCreate, "a file cannot be created: no space, a read-only disk"),
  (.inputOutput, "a file cannot be read or written"),
  (.tryAgain, "try again: another clinecfg holds the lock, or the file changed meanwhile"),
  (.protocolError, "the provider answered and refused, or is no API"),
  (.noPermission, "permission denied, or a protected file"),
  (.refused, "refused by a rule, or a model that is not offered: nothing was written"),
  (.interrupted, "interrupted: nothing, or all, was written"),
]
