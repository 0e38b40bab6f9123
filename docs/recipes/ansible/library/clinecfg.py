#!/usr/bin/python
"""Makes Cline match a profile, with the command clinecfg."""

import json

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: clinecfg
short_description: Make Cline match a profile
options:
  profile:
    description: A profile of clinecfg. It refers to the key and never holds it.
    type: dict
    required: true
  data_dir:
    description: Cline's data directory, where it is not ~/.cline/data.
    type: path
  verify:
    description: Whether the provider is asked before anything is written, as far as it can be reached.
    type: bool
    default: true
  executable:
    description: The command.
    type: path
    default: clinecfg
"""

EXAMPLES = r"""
- clinecfg:
    profile:
      provider: rutaapi
      model: demo-model
      key: { env: RUTAAPI_API_KEY }
  environment:
    RUTAAPI_API_KEY: "{{ cline_api_key }}"
"""


def main():
    module = AnsibleModule(
        argument_spec={
            "profile": {"type": "dict", "required": True},
            "data_dir": {"type": "path"},
            "verify": {"type": "bool", "default": True},
            "executable": {"type": "path", "default": "clinecfg"},
        },
        supports_check_mode=True,
    )
    params = module.params

    def run(*words):
        """The document that a command answers with; ends the task where it failed."""
        line = [params["executable"], *words, "-", "--json", "--no-input"]
        if params["data_dir"]:
            line.append("--data-dir=" + params["data_dir"])
        status, output, errors = module.run_command(line, data=json.dumps(params["profile"]))
        try:
            answer = json.loads(output)
        except ValueError:
            module.fail_json(msg="clinecfg gave no answer", rc=status, stderr=errors)
        if "error" in answer:
            error = answer["error"]
            help_text = "; " + error["help"] if error["help"] else ""
            module.fail_json(msg=error["message"] + help_text, rc=status)
        return answer

    result = {}
    if module.check_mode or module._diff:
        preview = run("diff")
        result["changed"] = preview["changed"]
        result["diff"] = {"prepared": preview["diff"]}
    if not module.check_mode:
        answer = run("apply", *([] if params["verify"] else ["--no-verify"]))
        for name in ("changed", "verified", "backup", "findings"):
            result[name] = answer[name]
    module.exit_json(**result)


if __name__ == "__main__":
    main()
