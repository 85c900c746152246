using HumanLoop.Running;

namespace HumanLoop.Webhooks;

/// <summary>Makes the outboxes before the first decision: a webhook tells what happens from then on.</summary>
internal sealed class OutboxStart(IEnumerable<WebhookCourier> couriers) : IStartTask
{
    public async Task StartAsync()
    {
        foreach (var courier in couriers)
        {
            await courier.BeginAsync().ConfigureAwait(false);
        }
    }
}
