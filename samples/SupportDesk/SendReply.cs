using HumanLoop;

namespace SupportDesk;

/// <summary>What the model proposes: to answer a ticket as one of this kind.</summary>
internal sealed record Reply(string Intent);

/// <summary>The only place that acts: it "sends" under the resolution's key, so that a repeated attempt sends nothing twice.</summary>
internal sealed class SendReply(Mailbox mailbox) : IDecisionHandler<Reply>
{
    public Task ActAsync(Resolution<Reply> resolution, CancellationToken cancellationToken) => mailbox.SendAsync(resolution);

    public Task DeclineAsync(Resolution<Reply> resolution, CancellationToken cancellationToken) => mailbox.SendAsync(resolution);

    public Task CompensateAsync(Resolution<Reply> resolution, CancellationToken cancellationToken) => mailbox.SendAsync(resolution);
}
