using System.Diagnostics;
using HumanLoop.Hosting;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HumanLoop.Webhooks.Tests;

/// <summary>A loop with one webhook, which does a round when the test says so.</summary>
internal sealed class WebhookLoop : IAsyncDisposable
{
    public const string Webhook = "ops";

    public WebhookLoop(Receiver receiver, TestLoop? sharedWith = null, Action<IHumanLoopBuilder>? loop = null, params (string Key, string? Value)[] settings)
    {
        var all = TestLoop.Settings(
            ("/Webhooks:ops:Url", receiver.Url),
            ("/Webhooks:ops:Secrets:0", Receiver.Secret),
            ("/Webhooks:ops:AllowPrivateAddresses", "true"),
            ("/Webhooks:ops:Timeout", "00:00:30"),
            ("Acting:Retries", "0"));
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        Loop = new(settings: all, sharedWith: sharedWith, services: services => services.AddHealthChecks().AddHumanLoop(), loop: builder =>
        {
            builder.AddWebhook(Webhook);
            loop?.Invoke(builder);
        });
    }

    public TestLoop Loop { get; }

    public WebhookCourier Courier => Loop.Services.GetRequiredService<WebhookCourier>();

    public INotificationChannel Channel => Loop.Services.GetRequiredService<INotificationChannel>();

    public Task<ChannelStatus> StatusAsync() => Channel.GetStatusAsync();

    public async Task<HealthReportEntry> HealthAsync() => (await Loop.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["humanloop"];

    /// <summary>Lets the webhook be started for the first time: what happens from now on is told.</summary>
    public async Task<WebhookLoop> StartedAsync()
    {
        await Loop.RouteAsync("first");
        await RoundAsync();
        return this;
    }

    /// <summary>One round. While it waits, for a receiver or before a repeated attempt, time passes slowly.</summary>
    public async Task<bool> RoundAsync()
    {
        var round = Courier.RoundAsync(CancellationToken.None);
        var limit = Stopwatch.StartNew();
        while (await Task.WhenAny(round, Task.Delay(20)) != round)
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), "The round did not end.");
            Loop.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        return await round;
    }

    /// <summary>Takes in what happened, and after a time, a minute unless said otherwise, sends it.</summary>
    public async Task TellAsync(TimeSpan? after = null)
    {
        await RoundAsync();
        Loop.Clock.Advance(after ?? TimeSpan.FromMinutes(1));
        while (await RoundAsync())
        {
        }
    }

    public Task SweepAsync() => Loop.Services.GetRequiredService<Heartbeat>().SweepAsync(CancellationToken.None);

    /// <summary>Journals an alarm, as the evidence writer would.</summary>
    public async Task AlarmAsync(string changeId = "1-1") => Assert.True(await ((IWorkflowState)Loop.Store).WriteAsync([],
    [
        new ThresholdChanged
        {
            Workflow = TestLoop.Name,
            ChangeId = changeId,
            Segment = "small",
            Change = new()
            {
                From = new(0.83),
                To = Threshold.ReviewEverything,
                Reason = ThresholdReasons.DriftAlarm,
                Evidence = new(new(0.83), 100, 9, 0, 0, 0.2),
                Goal = new() { MaxErrorRate = 0.05 },
                Epoch = 2,
                Sequence = 1,
            },
        },
    ]));

    public ValueTask DisposeAsync() => Loop.DisposeAsync();
}
