using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HumanLoop.Hosting;

/// <summary>The three roles of a store: queue, journal, shared state. A store that plays several is asked for them as one object.</summary>
internal static class StoreRoles
{
    private const string NoStore =
        "HumanLoop has no store. Choose one after AddHumanLoop(): .UseSqlite(\"Data Source=reviews.db\") (package HumanLoop.Sqlite: durable, one machine), .UsePostgreSql(\"Host=db;Database=reviews\") (package HumanLoop.PostgreSql: durable, many machines), .UseInMemory() (forgets everything at exit), or .UseQueue<YourQueue>().";

    /// <summary>Until a store is chosen, asking for one says how to choose.</summary>
    public static void RequireChoice(IServiceCollection services)
    {
        services.TryAddSingleton<IReviewQueue>(_ => throw new InvalidOperationException(NoStore));
        services.TryAddSingleton(provider => provider.GetRequiredService<IReviewQueue>() as IDecisionJournal
            ?? throw new InvalidOperationException("The queue keeps no journal of its own. Choose one with .UseJournal<YourJournal>()."));
        services.TryAddSingleton(provider => provider.GetRequiredService<IReviewQueue>() as IWorkflowState
            ?? provider.GetRequiredService<IDecisionJournal>() as IWorkflowState
            ?? throw new InvalidOperationException("Neither the queue nor the journal keeps shared state (IWorkflowState). Register one as a singleton."));
    }

    public static void UseQueue(IServiceCollection services, Func<IServiceProvider, IReviewQueue> make) =>
        services.Replace(ServiceDescriptor.Singleton(make));

    public static void UseJournal(IServiceCollection services, Func<IServiceProvider, IDecisionJournal> make) =>
        services.Replace(ServiceDescriptor.Singleton(make));
}
