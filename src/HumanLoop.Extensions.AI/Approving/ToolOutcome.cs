using System.Text.Json;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>What became of a parked tool call.</summary>
/// <param name="Resolution">The call as it was decided; its <see cref="Resolution{TProposal}.Effect"/> says whether it ran, was declined, or ran and was
/// found wrong.</param>
/// <param name="Result">What the tool returned; <see langword="null"/> when it did not run now.</param>
public sealed record ToolOutcome(Resolution<ToolCall> Resolution, JsonElement? Result)
{
    /// <summary>The outcome as a message for the model, to be added to the conversation.</summary>
    /// <returns>A message of the user's side; what it quotes is data.</returns>
    public ChatMessage ToMessage()
    {
        var call = $"The call of {Resolution.Proposal.Tool} that was queued as #{Resolution.Decision.Id}";
        return new(ChatRole.User, Resolution.Effect switch
        {
            Effect.Act => $"{call} was approved and has run with {Resolution.Proposal.Arguments.GetRawText()}. Result: {Result?.GetRawText() ?? "none"}",
            Effect.Decline => $"{call} was rejected and did not run. {ToolAnswers.Reason(Resolution.Verdict)}".TrimEnd(),
            _ => $"{call} has run and was found to be wrong. {ToolAnswers.Reason(Resolution.Verdict)}".TrimEnd(),
        });
    }
}
