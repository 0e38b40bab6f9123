import LosslessJSON

extension SetupPlanner {
  /// A cloud's setting belongs to that cloud, and some of them have to be there.
  func refuseCloudElsewhere(
    _ choice: Profile.Choice, over stored: StoredSetup, notes: inout [Advice]
  ) throws(SetupError) {
    let slot = stored.slot
    for setting in CloudSetting.allCases
    where choice.cloud[setting] != nil && setting.slotID != slot.sdkID {
      throw SetupError(.cloudSettingElsewhere(name: setting.rawValue, slot: slot))
    }
    func isKnown(_ setting: CloudSetting) -> Bool {
      choice.cloud[setting] != nil || stored.cloud(setting) != nil
    }
    if slot.authentication == .gcp {
      for setting in [CloudSetting.vertexProject, .vertexRegion] where !isKnown(setting) {
        throw SetupError(.cloudSettingMissing(name: setting.rawValue))
      }
    }
    if slot.authentication == .aws, !isKnown(.awsRegion) {
      notes.append(
        "no region is set: the extension from before the SDK takes us-east-1, the others AWS_REGION"
      )
    }
    if choice.cloud[.azureIdentity] == true {
      notes.append(
        "only the extension from before the SDK, JetBrains and CLI 2 sign in at Azure by themselves; the SDK's clients send a key"
      )
    }
  }

  /// The one address at Azure that is right in every client: that of a deployment
  /// (core/api/providers/openai.ts, v4.0.12; vendors/openai-compatible.ts, SDK 0.0.78).
  func useDeployment(for part: inout SetupPlan.Part, notes: inout [Advice]) {
    guard part.target.isCompatible, var url = part.setup.baseURL.flatMap({ BaseURL($0) }),
      AzureAddress.isResource(host: url.host), ["", "/openai"].contains(url.trimmedPath),
      Set(part.setup.models.values).count == 1, let model = part.setup.models.values.first,
      !model.contains("/")
    else { return }
    url.path = AzureAddress.deployments + model
    part.setup.baseURL = url.description
    part.target.use(url.description)
    notes.append("Azure is asked at the deployment: \(url.description)")
  }
}
