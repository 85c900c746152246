using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>The servers of which one is the primary. Whichever was it last is used until it fails; then all are asked at once and again and again, so that
/// nobody waits for a machine that is gone.</summary>
internal sealed class Hosts : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Nobody may wait for it any more; whoever asks later begins another search.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<NpgsqlDataSource> _sources;
    private readonly bool _areOurs;
    private readonly Action? _lookAgain;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private volatile NpgsqlDataSource? _primary;
    private volatile Exception? _failure;
    private Task<NpgsqlDataSource?>? _looking;

    /// <param name="sources">One for each server.</param>
    /// <param name="areOurs">Whether they are closed with the store.</param>
    /// <param name="lookAgain">What makes a source forget which server was the primary.</param>
    public Hosts(IReadOnlyList<NpgsqlDataSource> sources, bool areOurs, Action? lookAgain = null)
    {
        _sources = sources;
        _areOurs = areOurs;
        _lookAgain = lookAgain;
        _primary = sources.Count == 1 ? sources[0] : null;
        var parts = sources.Select(source => new NpgsqlConnectionStringBuilder(source.ConnectionString)).ToList();
        Name = $"The PostgreSQL database '{parts[0].Database ?? parts[0].Username}' at {string.Join(", ", parts.Select(part => part.Host))}";
    }

    public string Name { get; }

    /// <summary>A connection to the primary.</summary>
    /// <exception cref="NpgsqlException">There is none.</exception>
    public async Task<NpgsqlConnection> OpenAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        await (_primary ?? await PrimaryAsync(patience, cancellationToken).ConfigureAwait(false)).OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The primary failed: another server may be it by now.</summary>
    public void Doubt()
    {
        _lookAgain?.Invoke();
        if (_sources.Count > 1)
        {
            _primary = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        if (_areOurs)
        {
            foreach (var source in _sources)
            {
                await source.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<NpgsqlDataSource> PrimaryAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        NpgsqlDataSource? primary = null;
        try
        {
            primary = await LookAsync().WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The search goes on for whoever asks next.
        }

        return primary ?? throw (_failure as PostgresException ?? new NpgsqlException("None of the hosts is a primary.", _failure));
    }

    /// <summary>One search for all who wait.</summary>
    private Task<NpgsqlDataSource?> LookAsync()
    {
        lock (_gate)
        {
            if (_looking is not { IsCompleted: false })
            {
                var found = new TaskCompletionSource<NpgsqlDataSource?>(TaskCreationOptions.RunContinuationsAsynchronously);
                _looking = found.Task;
                _failure = null;
                _ = Task.Run(() => FindAsync(found));
            }

            return _looking;
        }
    }

    private async Task FindAsync(TaskCompletionSource<NpgsqlDataSource?> found)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        ending.CancelAfter(LongestSearch);
        await Task.WhenAll(_sources.Select(source => AskAsync(source, found, ending))).ConfigureAwait(false);
        found.TrySetResult(null);
    }

    /// <summary>Asks one server until some server is the primary; one whose answer would not change is not asked again.</summary>
    private async Task AskAsync(NpgsqlDataSource source, TaskCompletionSource<NpgsqlDataSource?> found, CancellationTokenSource ending)
    {
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            while (!await IsPrimaryAsync(source, ending.Token).ConfigureAwait(false))
            {
                // What has been away for long need not be noticed as quickly.
                var pause = TimeProvider.System.GetElapsedTime(began) / 20;
                await Task.Delay(pause < FirstPause ? FirstPause : pause > LongestPause ? LongestPause : pause, TimeProvider.System, ending.Token).ConfigureAwait(false);
            }

            if (found.TrySetResult(source))
            {
                _primary = source;
                await ending.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // Another one is the primary, or nobody waits any more.
        }
        catch (Exception refused)
        {
            _failure = refused;
        }
    }

    private async Task<bool> IsPrimaryAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            var ask = source.CreateCommand("SELECT pg_is_in_recovery()");
            await using (ask.ConfigureAwait(false))
            {
                return await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is false;
            }
        }
        catch (Exception failure) when (PostgreSqlErrors.IsTransient(failure))
        {
            _failure = failure;
            return false;
        }
    }
}
