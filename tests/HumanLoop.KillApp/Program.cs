using HumanLoop;
using HumanLoop.KillApp;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// What was acknowledged goes to the output, one line each. A line that was cut off by the kill has no end mark.
// STORE WORLD NAME work   records, claims, decides and acts until it is killed
// STORE WORLD NAME hold   claims one review for a second, and decides at every word
// STORE WORLD NAME act    acts once, and waits for a word before the handler returns
var (store, world, name, mode) = (args[0], args[1], args[2], args[3]);
using var host = Loop.Build(store, world, new(mode == "act" ? WaitAsync : null), logging => logging.AddProvider(new LostLeases(Say)));
await host.StartAsync();
var queue = host.Services.GetRequiredService<IReviewQueue>();
if (mode == "hold")
{
    var held = (await queue.ClaimAsync(Claim(1)))[0];
    Say($"claimed {held.DecisionId}");
    while (await Console.In.ReadLineAsync() is not null)
    {
        Say($"late {(await DecideAsync(held)).Status}");
    }
}
else if (mode == "work")
{
    var desk = host.Services.GetRequiredService<IReviewDesk>();
    var router = host.Services.GetRequiredService<IDecisionRouter<string>>();
    await Task.WhenAll([.. Enumerable.Range(0, 4).Select(caller => RecordAsync(router, caller)), .. Enumerable.Range(0, 2).Select(_ => ReviewAsync()), .. Enumerable.Range(0, 2).Select(_ => ReviewAtDeskAsync(desk))]);
}

await host.WaitForShutdownAsync();

async Task WaitAsync(string key)
{
    Say($"acted {key}");
    await Console.In.ReadLineAsync();
}

async Task RecordAsync(IDecisionRouter<string> router, int caller)
{
    for (var i = 0; ; i++)
    {
        var id = $"{name}-{caller}-{i}";
        var receipt = await router.RouteAsync(new(id) { Id = id, Confidence = i % 3 == 0 ? 0.95 : 0.5 });
        Say($"recorded {receipt.DecisionId}");
        await Task.Delay(5);
    }
}

async Task ReviewAsync()
{
    while (true)
    {
        foreach (var item in await queue.ClaimAsync(Claim(3)))
        {
            var decided = await DecideAsync(item);
            if (decided.IsApplied)
            {
                Say($"decided {item.DecisionId}");
            }
        }

        await Task.Delay(5);
    }
}

async Task ReviewAtDeskAsync(IReviewDesk desk)
{
    while (true)
    {
        foreach (var review in await desk.ClaimAsync(new() { Limit = 2 }, $"{name} at the desk"))
        {
            var approves = Loop.IsApproved(review.Id.DecisionId);
            var decided = await desk.DecideAsync(review.Id, review.Revision, approves ? new Verdict.Approved() : new Verdict.Rejected(), $"{name} at the desk");
            if (decided.IsApplied)
            {
                Say($"decided {review.Id.DecisionId}");
            }
        }

        await Task.Delay(5);
    }
}

ClaimRequest Claim(int max) => new() { Purpose = WorkPurpose.Review, Holder = name, Max = max, Lease = TimeSpan.FromSeconds(1) };

ValueTask<TransitionResult> DecideAsync(WorkItem item)
{
    var approves = Loop.IsApproved(item.DecisionId);
    return queue.ApplyAsync(new GiveVerdict(item.Workflow, item.DecisionId, approves ? VerdictKind.Approved : VerdictKind.Rejected, approves) { Actor = name, NeedsLease = true }, item.Revision);
}

static void Say(string line)
{
    lock (Console.Out)
    {
        Console.Out.Write($"{line};\n");
    }
}
