using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;

namespace HumanLoop.PostgreSql;

/// <summary>The way to the database: connections whose tables, settings and clock were looked at, repeated calls, and what its failures mean.</summary>
internal sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly Hosts _hosts;
    private readonly PostgreSqlStoreOptions _options;
    private readonly Type _store;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _repeating;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly Statements _sql;
    private volatile bool _ready;
    private volatile bool _closed;

    /// <param name="hosts">The servers.</param>
    /// <param name="options">The options.</param>
    /// <param name="store">The store's type, which the exception names after the store was closed.</param>
    /// <param name="time">The process's clock.</param>
    /// <param name="logger">Where to log.</param>
    public Database(Hosts hosts, PostgreSqlStoreOptions options, Type store, TimeProvider time, ILogger logger)
    {
        _hosts = hosts;
        _options = options;
        _store = store;
        _logger = logger;
        _sql = options.Statements ?? new(options.Schema);
        Clock = new(time, options.UseDatabaseClock ?? ReferenceEquals(time, TimeProvider.System));
        Workflows = new(this);

        // Real time: another machine does not care what our clock says.
        _repeating = new ResiliencePipelineBuilder { TimeProvider = TimeProvider.System }
            .AddRetry(new()
            {
                MaxRetryAttempts = int.MaxValue,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } failure && !_closed && PostgreSqlErrors.IsTransient(failure)
                    && arguments.Context.Properties.TryGetValue(Began, out var began) && TimeProvider.System.GetElapsedTime(began) < options.RetryFor),
                OnRetry = arguments =>
                {
                    ConnectionLog.Repeated(logger, arguments.Outcome.Exception!);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    private static ResiliencePropertyKey<long> Began { get; } = new("HumanLoop.PostgreSql.Began");

    public string Name => _hosts.Name;

    public StoreClock Clock { get; }

    public WorkflowNumbers Workflows { get; }

    public PostgreSqlStoreOptions Options => _options;

    public Statements Sql => _sql;

    public int TimeoutSeconds => Math.Max(1, (int)Math.Ceiling(_options.CommandTimeout.TotalSeconds));

    /// <summary>Changes when another server, or the same one after a restart, may have answered.</summary>
    public int Generation { get; private set; }

    /// <summary>Does it, again and again while the database is away, for as long as the options say.</summary>
    /// <exception cref="StoreException">It could not be done, or that is unknown.</exception>
    public async Task<T> RunAsync<T>(Func<Session, Task<T>> work)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        context.Properties.Set(Began, TimeProvider.System.GetTimestamp());
        try
        {
            return await _repeating.ExecuteAsync(static (attempt, state) => new ValueTask<T>(state.database.OnceAsync(state.work)), context, (database: this, work)).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var reason = ForCaller(failure);
            if (ReferenceEquals(reason, failure))
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            throw reason;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Does it once; what fails is not yet in the caller's words.</summary>
    public async Task<T> OnceAsync<T>(Func<Session, Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(_closed, _store);
        try
        {
            var session = await OpenAsync().ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await work(session).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (PostgreSqlErrors.QuestionsTheTables(failure))
        {
            // Another server may answer next, with another clock and, restored from a dump, with other tables.
            _ready = false;
            _hosts.Doubt();
            throw;
        }
    }

    public Exception ForCaller(Exception failure) => PostgreSqlErrors.ForCaller(failure, Name, _options.RetryFor);

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _opening.Dispose();
        await _hosts.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A connection to the primary, for whoever keeps it longer than a session.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _hosts.OpenAsync(_options.RetryFor, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (PostgreSqlErrors.QuestionsTheTables(failure))
        {
            _hosts.Doubt();
            throw;
        }
    }

    /// <summary>A session within the caller's transaction.</summary>
    public async Task<Session> EnlistAsync(NpgsqlTransaction transaction)
    {
        if (!_ready)
        {
            await OnceAsync(static _ => Task.FromResult(true)).ConfigureAwait(false);
        }

        return new(transaction.Connection!, _sql, this, transaction);
    }

    public Task<bool> MakePartitionsAsync() => RunAsync(async session =>
    {
        await MakePartitionsAsync(session.Connection).ConfigureAwait(false);
        return true;
    });

    private Task MakePartitionsAsync(NpgsqlConnection connection) =>
        _options.CreateSchema ? JournalPartitions.MakeAsync(connection, _options.Schema, Clock.Now, _logger) : Task.CompletedTask;

    private async Task<Session> OpenAsync()
    {
        var connection = await ConnectAsync().ConfigureAwait(false);
        try
        {
            if (!_ready)
            {
                await PrepareAsync(connection).ConfigureAwait(false);
            }

            if (Clock.IsDue)
            {
                await Clock.SetAsync(connection).ConfigureAwait(false);
            }

            return new(connection, _sql, this);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task PrepareAsync(NpgsqlConnection connection)
    {
        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_ready)
            {
                return;
            }

            await Durability.CheckAsync(connection, _options, _logger).ConfigureAwait(false);
            await SchemaUpgrade.RunAsync(connection, new(_options.Schema, _options.CreateSchema, _options.AllowDataLoss), _sql, Name, _logger).ConfigureAwait(false);
            Clock.Unset();
            Workflows.Forget();
            await Clock.SetAsync(connection).ConfigureAwait(false);
            await MakePartitionsAsync(connection).ConfigureAwait(false);
            Generation++;
            _ready = true;
        }
        finally
        {
            _opening.Release();
        }
    }
}
