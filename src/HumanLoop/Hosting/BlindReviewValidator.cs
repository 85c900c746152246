using HumanLoop.Settings;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Blind answers can only be compared with the AI's if the workflow says what a difference means: a reviewer does not repeat word for word what they
/// have not seen.</summary>
internal sealed class BlindReviewValidator(string workflow, Func<bool> compares) : IValidateOptions<WorkflowOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkflowOptions options) => name == workflow && options.Review.BlindShare > 0 && !compares()
        ? ValidateOptionsResult.Fail($"Workflow '{workflow}': Review:BlindShare is {SettingsCheck.Text(options.Review.BlindShare)}; it must be 0 without CountAsErrorWhen, which says when a blind answer differs from the AI's. Add .CountAsErrorWhen((proposed, right) => …) to the workflow.")
        : ValidateOptionsResult.Success;
}
