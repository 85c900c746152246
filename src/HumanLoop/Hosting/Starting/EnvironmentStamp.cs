using HumanLoop.Journaling;
using HumanLoop.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Test and production do not mix: the first application to use a store stamps it with its environment.</summary>
internal sealed class EnvironmentStamp(IWorkflowState state, IOptions<HumanLoopOptions> options, IHostEnvironment? environment = null) : IStartTask
{
    private const string Document = "environment";

    public async Task StartAsync()
    {
        var mine = options.Value.Environment ?? environment?.EnvironmentName ?? "Production";
        var stamped = await StoreDocument.InsertOrReadAsync(state, Document, mine).ConfigureAwait(false);
        if (stamped != mine && !options.Value.AllowOtherEnvironment)
        {
            throw new StoreMismatchException($"The store belongs to environment '{stamped}' and this application runs in '{mine}'. Use a store of its own, or set HumanLoop:AllowOtherEnvironment to true.");
        }
    }
}
