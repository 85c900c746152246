using HumanLoop.Adapting;
using HumanLoop.Cli.Input;
using HumanLoop.Journaling;
using HumanLoop.Observing;
using HumanLoop.Queueing;
using HumanLoop.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Cli.Store;

/// <summary>A store that an application has filled, opened beside it.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private OpenStore(ServiceProvider services) => _services = services;

    public IReviewQueue Queue => _services.GetRequiredService<IReviewQueue>();

    public IDecisionJournal Journal => _services.GetRequiredService<IDecisionJournal>();

    public IWorkflowState State => _services.GetRequiredService<IWorkflowState>();

    public LearningStore Learning => _services.GetRequiredService<LearningStore>();

    public ScorecardReader Scorecards => _services.GetRequiredService<ScorecardReader>();

    public IReadOnlyList<IJournalProjection> Projections => [.. _services.GetServices<IJournalProjection>()];

    public CharterStore Charters => _services.GetRequiredService<CharterStore>();

    public ThresholdReader Thresholds => _services.GetRequiredService<ThresholdReader>();

    /// <summary>Opens the SQLite file of a path or of a connection string, or the PostgreSQL database of one.</summary>
    /// <param name="store">The path or the connection string.</param>
    /// <param name="schema">The namespace of a PostgreSQL store.</param>
    /// <exception cref="InputException">There is no such store.</exception>
    public static OpenStore Open(string store, string schema)
    {
        if (IsPostgreSql(store))
        {
            return OpenPostgreSql(store, schema);
        }

        var connection = store.Contains('=', StringComparison.Ordinal) ? store : $"Data Source={store}";
        try
        {
            var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection).DataSource;
            if (!File.Exists(file))
            {
                throw new InputException($"--store {store}: expected the file of a store that an application has made; there is no '{file}'.");
            }

            var services = new ServiceCollection();
            services.AddHumanLoop().UseSqlite(connection);
            return new(services.BuildServiceProvider());
        }
        catch (ArgumentException unusable)
        {
            throw new InputException($"--store {store}: expected a path or a connection string such as \"Data Source=reviews.db\" or \"Host=db;Database=reviews\". {unusable.Message}", unusable);
        }
    }

    /// <summary>The names of the workflows, or the one that was asked for.</summary>
    /// <exception cref="InputException">That one is not there.</exception>
    public async Task<IReadOnlyList<string>> WorkflowsAsync(string? only, CancellationToken cancellationToken)
    {
        var names = await State.ListWorkflowsAsync(cancellationToken).ConfigureAwait(false);
        return only is null ? names
            : names.Contains(only) ? [only]
            : throw new InputException($"--workflow {only}: expected a workflow of this store; there {(names.Count == 0 ? "are none" : $"are {string.Join(", ", names)}")}. An application makes it by starting with it.");
    }

    public static IThresholdController ControllerOf(ThresholdSettings settings) => ThresholdControllers.Create(settings, own: null);

    /// <summary>Whether a connection string names a server rather than a file.</summary>
    private static bool IsPostgreSql(string store) => store.Split(';').Any(part => part.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase) || part.TrimStart().StartsWith("Server=", StringComparison.OrdinalIgnoreCase));

    private static OpenStore OpenPostgreSql(string store, string schema)
    {
        try
        {
            // Looked at, never made; a store that an application uses in spite of its settings can be looked at too.
            var services = new ServiceCollection();
            services.AddHumanLoop().UsePostgreSql(store, options => (options.Schema, options.CreateSchema, options.AllowDataLoss, options.WakeOthers) = (schema, false, true, false));
            return new(services.BuildServiceProvider());
        }
        catch (ArgumentException unusable)
        {
            throw new InputException($"--store {store}: {unusable.Message}", unusable);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
