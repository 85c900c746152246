using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Brings the verdicts on held tool calls back into their conversations, in this process or in the next.</summary>
/// <remarks>A singleton, safe for concurrent use; where several workflows approve tool calls, a keyed service by the workflow's name. All it needs is the
/// transcript: store it as JSON by <see cref="AIJsonUtilities.DefaultOptions"/>.</remarks>
public sealed class ToolApprovals
{
    private readonly ToolSet _tools;
    private readonly IDecisionRouter<ToolCall> _router;
    private readonly IReviewDesk _desk;

    internal ToolApprovals(ToolSet tools, IDecisionRouter<ToolCall> router, IReviewDesk desk)
    {
        _tools = tools;
        _router = router;
        _desk = desk;
    }

    /// <summary>The reviews that a conversation waits for: its approval requests without a response.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <returns>Their names, to look them up at the desk; empty when the conversation can go on.</returns>
    public IReadOnlyList<ReviewId> OpenIn(IEnumerable<ChatMessage> transcript) => [.. Open(transcript).Select(request => Id(request.RequestId))];

    /// <summary>Waits for every verdict that a conversation waits for, and answers its requests: hand the result to the chat client, which runs what was approved
    /// and goes on.</summary>
    /// <param name="transcript">The conversation with its approval requests; requests that are not of this workflow are left to the application.</param>
    /// <param name="cancellationToken">Stops the waiting. Call again, in whatever process.</param>
    /// <returns>The conversation with the answers: new objects, for a request that was once handed to a chat client is silently passed over the second time. An
    /// approved or corrected call runs, a rejected, expired or withdrawn one does not, and the model is told the reviewer's reason and comment.</returns>
    public async Task<IReadOnlyList<ChatMessage>> ResumeAsync(IEnumerable<ChatMessage> transcript, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ChatMessage[] fresh = [.. transcript.Select(message => message.Contents.Any(IsApproval) ? CallContent.Rehydrate(message) : message)];
        var answers = new List<AIContent>();
        foreach (var request in Open(fresh))
        {
            if (await _desk.GetAsync(Id(request.RequestId), cancellationToken).ConfigureAwait(false) is not null)
            {
                // Set once a chat client has handled it, and kept in the JSON: it would be passed over in silence.
                var call = (FunctionCallContent)request.ToolCall;
                call.InformationalOnly = false;
                answers.Add(await AnswerAsync(request, call, cancellationToken).ConfigureAwait(false));
            }
        }

        return answers.Count == 0 ? fresh : [.. fresh, new ChatMessage(ChatRole.User, answers)];
    }

    private async Task<ToolApprovalResponseContent> AnswerAsync(ToolApprovalRequestContent request, FunctionCallContent call, CancellationToken cancellationToken)
    {
        try
        {
            var resolution = await _router.WaitForVerdictAsync(request.RequestId, cancellationToken).ConfigureAwait(false);
            return resolution.Verdict switch
            {
                Verdict.Approved => request.CreateResponse(true),
                Verdict.Corrected when _tools.Problem(resolution.Proposal) is { } problem => request.CreateResponse(false, $"The reviewer's arguments do not fit: {problem}"),
                Verdict.Corrected => new(request.RequestId, true, CallContent.ToContent(call.CallId, resolution.Proposal)),
                _ => request.CreateResponse(false, ToolAnswers.Reason(resolution.Verdict)),
            };
        }
        catch (DecisionNotResolvedException)
        {
            return request.CreateResponse(false, "Nobody approved it in time.");
        }
    }

    private static bool IsApproval(AIContent content) => content is ToolApprovalRequestContent or ToolApprovalResponseContent;

    private static IEnumerable<ToolApprovalRequestContent> Open(IEnumerable<ChatMessage> transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        AIContent[] contents = [.. transcript.SelectMany(message => message.Contents)];
        var answered = contents.OfType<ToolApprovalResponseContent>().Select(response => response.RequestId).ToHashSet(StringComparer.Ordinal);
        return contents.OfType<ToolApprovalRequestContent>().Where(request => request.ToolCall is FunctionCallContent && !answered.Contains(request.RequestId));
    }

    private ReviewId Id(string requestId) => new(_tools.Workflow, requestId);
}
