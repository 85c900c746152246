using HumanLoop;

namespace ExternalReview;

/// <summary>The only place that pays, whoever decided.</summary>
internal sealed class PayRefund(Story story) : IDecisionHandler<Refund>
{
    public Task ActAsync(Resolution<Refund> resolution, CancellationToken cancellationToken)
    {
        story.Tell("pays", $"{resolution.Proposal.Order}: {resolution.Proposal.Amount:0.00}, because {Who(resolution)}");
        story.Settled();
        return Task.CompletedTask;
    }

    public Task DeclineAsync(Resolution<Refund> resolution, CancellationToken cancellationToken)
    {
        story.Tell("declines", $"{resolution.Proposal.Order}, because {Who(resolution)}");
        story.Settled();
        return Task.CompletedTask;
    }

    private static string Who(Resolution<Refund> resolution) => resolution.Verdict switch
    {
        null => "the AI was sure",
        var verdict => $"{verdict.Reviewer} {verdict.GetType().Name.ToLowerInvariant()} it",
    };
}
