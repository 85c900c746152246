using System.Diagnostics;
using System.Text.Json;
using HumanLoop.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Extensions.AI;

/// <summary>Makes a decision of each tool call of a response, routes it, and says what that means for the conversation.</summary>
internal sealed class ToolJudge(ToolSet tools, IDecisionRouter<ToolCall> router, ParkedCalls parked, TimeProvider time, ILogger logger)
{
    /// <summary>Routes the calls in their order and waits for what has to be waited for. If one cannot be routed, those before it are taken back.</summary>
    public async Task<IReadOnlyList<ToolRuling>> JudgeAsync(ToolConversation conversation, IReadOnlyList<FunctionCallContent> calls, CancellationToken cancellationToken)
    {
        tools.See(conversation.Options?.Tools);
        var (routed, rulings) = (new List<DecisionId>(), new List<Task<ToolRuling>>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            foreach (var call in calls)
            {
                rulings.Add(await BeginAsync(conversation, call, routed, stop.Token).ConfigureAwait(false));
            }

            return await Task.WhenAll(rulings).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(rulings)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)Task.WhenAll(routed.Select(id => router.WithdrawAsync(id, "conversation_failed", CancellationToken.None)))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<Task<ToolRuling>> BeginAsync(ToolConversation conversation, FunctionCallContent call, List<DecisionId> routed, CancellationToken cancellationToken)
    {
        if (tools.Options.Exempt.Contains(call.Name))
        {
            return Ruled(new(call));
        }

        var proposal = CallContent.ToCall(call) with { Conversation = conversation };
        if (call.Exception is not null || tools.Problem(proposal) is not null)
        {
            logger.InvalidArguments(tools.Workflow, call.Name);
            return Ruled(new(call, Answer: ToolAnswers.Invalid(call.Name, tools.Problem(proposal) ?? "they cannot be read.")));
        }

        var parks = tools.Options.Mode == ToolApprovalMode.Park;
        if (parks && tools.Find(call.Name) is null)
        {
            return conversation.Options?.Tools?.Any(tool => tool.Name == call.Name) != true
                ? Ruled(new(call, Answer: ToolAnswers.Unknown(call.Name)))
                : throw new InvalidOperationException($"Workflow '{tools.Workflow}' parks calls and cannot run '{call.Name}' later. Add it to ToolApprovalOptions.Tools, or to Exempt if it may run unasked.");
        }

        var decision = Describe(proposal, conversation);
        var result = parks ? parked.Expect(decision.Id) : null;
        try
        {
            var receipt = await router.RouteAsync(decision, cancellationToken).ConfigureAwait(false);
            routed.Add(decision.Id);
            Tag(receipt);
            return Rule(call, receipt, result, cancellationToken);
        }
        finally
        {
            parked.GiveUp(decision.Id);
        }
    }

    private Task<ToolRuling> Rule(FunctionCallContent call, RoutingReceipt receipt, Task<JsonElement?>? result, CancellationToken cancellationToken)
    {
        var id = receipt.DecisionId;
        if (receipt.Status == RoutingStatus.Refused)
        {
            return Ruled(new(call, Answer: ToolAnswers.Refused));
        }

        if (receipt.Route.Reason == RouteReasons.Shadow)
        {
            return Ruled(new(call, Answer: ToolAnswers.Shadow));
        }

        // Asked once the loop has acted or given up for now: from here on an outcome goes to the observers.
        return (tools.Options.Mode, receipt.Route.ActsAtOnce) switch
        {
            (ToolApprovalMode.Park, _) when !parked.GiveUp(id) => AnswerAsync(call, result!),
            (ToolApprovalMode.Park, true) => Ruled(new(call, Answer: ToolAnswers.UnderWay(id))),
            (ToolApprovalMode.Park, false) => Ruled(new(call, Answer: ToolAnswers.Queued(id))),
            (_, true) => Ruled(new(call)),
            (ToolApprovalMode.Wait, false) => WaitAsync(call, id, cancellationToken),
            _ => Ruled(new(call, new ToolApprovalRequestContent(id.Value, call))),
        };
    }

    private static async Task<ToolRuling> AnswerAsync(FunctionCallContent call, Task<JsonElement?> result) =>
        new(call, Answer: (object?)await result.ConfigureAwait(false) ?? "Done.");

    private async Task<ToolRuling> WaitAsync(FunctionCallContent call, DecisionId id, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(tools.Options.WaitTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Rule(call, await router.WaitForVerdictAsync(id, either.Token).ConfigureAwait(false));
        }
        catch (DecisionNotResolvedException)
        {
            return new(call, Answer: ToolAnswers.Rejected(null));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Nobody is left who would act on a verdict, so there must be nothing left to give one on.
            var withdrawn = await router.WithdrawAsync(id, cancellationToken.IsCancellationRequested ? "conversation_cancelled" : "nobody_answered", CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (withdrawn == WithdrawResult.AlreadyActed)
            {
                return Rule(call, await router.WaitForVerdictAsync(id, CancellationToken.None).ConfigureAwait(false));
            }

            logger.WaitTimedOut(tools.Workflow, call.Name, tools.Options.WaitTimeout, id);
            return new(call, Answer: ToolAnswers.Rejected("Nobody answered in time."));
        }
    }

    private ToolRuling Rule(FunctionCallContent call, Resolution<ToolCall> resolution) => resolution.Verdict switch
    {
        Verdict.Approved => new(call),
        Verdict.Corrected when tools.Problem(resolution.Proposal) is { } problem => new(call, Answer: ToolAnswers.Invalid(call.Name, problem)),
        Verdict.Corrected => new(call, CallContent.ToContent(call.CallId, resolution.Proposal)),
        _ => new(call, Answer: ToolAnswers.Rejected(ToolAnswers.Reason(resolution.Verdict))),
    };

    private Decision<ToolCall> Describe(ToolCall proposal, ToolConversation conversation)
    {
        var model = ModelName.Of(conversation.Client, conversation.Options, conversation.Response);
        var decision = new Decision<ToolCall>(proposal)
        {
            Segment = proposal.Tool.Length is > 0 and <= 200 ? proposal.Tool : null,
            Model = ModelName.Of(model, PromptFingerprint.Of(conversation.Messages, conversation.Options), "tool-call"),
            Briefing = Microsoft.Extensions.AI.HumanLoopChatClientExtensions.BriefingOf(conversation.Messages),
        };
        return tools.Options.Describe(decision) with { Id = decision.Id, Proposal = proposal };
    }

    /// <summary>On the span of whoever calls the model: the strictest route of the turn.</summary>
    private void Tag(RoutingReceipt receipt)
    {
        var activity = Activity.Current;
        if (activity?.GetTagItem(HumanLoopDiagnostics.RouteTag) is not "review")
        {
            activity?.SetTag(HumanLoopDiagnostics.WorkflowTag, tools.Workflow).SetTag(HumanLoopDiagnostics.RouteTag, receipt.Route.ActsAtOnce ? receipt.Route.Kind == RouteKind.Audit ? "audit" : "straight_through" : "review");
        }
    }

    private static Task<ToolRuling> Ruled(ToolRuling ruling) => Task.FromResult(ruling);
}
