using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Tells other processes that something has changed, and hears it from them: at most once in 25 ms, after the commit and on a connection of its own,
/// for a <c>NOTIFY</c> in the writing transaction would make all commits of the server wait for each other.</summary>
/// <remarks>Nothing depends on it: everybody who waits polls as well.</remarks>
internal sealed class ChangeFeed(Database database) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(30);

    private readonly string _channel = $"humanloop_{database.Options.Schema}";
    private readonly string _me = Guid.CreateVersion7().ToString();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _listener = new(1);
    private NpgsqlConnection? _listening;
    private int _sending;
    private int _changed;

    /// <summary>Something that others may wait for was committed.</summary>
    public void Announce()
    {
        if (!database.Options.WakeOthers)
        {
            return;
        }

        Interlocked.Exchange(ref _changed, 1);
        if (Interlocked.CompareExchange(ref _sending, 1, 0) == 0)
        {
            _ = Task.Run(SendAsync);
        }
    }

    /// <summary>Waits for what others say.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!database.Options.WakeOthers)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await _listener.WaitAsync(ending.Token).ConfigureAwait(false);
        try
        {
            await ListenAsync(ending.Token).ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _listener.Release();
        }
    }

    /// <summary>Ends whoever waits, who alone may touch the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _listener.WaitAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        _listener.Release();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var heard = false;
        if (_listening is null)
        {
            _listening = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(_listening, $"LISTEN \"{_channel}\"", cancellationToken).ConfigureAwait(false);
            heard = true; // whatever was said before
        }

        void Hear(object sender, NpgsqlNotificationEventArgs said) => heard |= said.Payload != _me;
        _listening.Notification += Hear;
        try
        {
            while (!heard)
            {
                if (!await _listening.WaitAsync(LookAfter, cancellationToken).ConfigureAwait(false))
                {
                    // A line that went dead says nothing either.
                    await RunAsync(_listening, "SELECT 1", cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _listening.Notification -= Hear;
        }
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _listening, null) is { } listening)
        {
            try
            {
                await listening.DisposeAsync().ConfigureAwait(false);
            }
            catch (NpgsqlException)
            {
                // A wait that was cut off can leave it in the middle of one; it is broken then, and the server ends it.
            }
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Our own text, with the checked name of the namespace.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (Interlocked.Exchange(ref _changed, 0) == 1)
            {
                await database.OnceAsync(async session =>
                {
                    await session.Add("SELECT pg_notify($1, $2)", Parameters.Of(_channel), Parameters.Of(_me)).RunAsync().ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
                await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or HumanLoopException or ObjectDisposedException or TimeoutException)
        {
            // Only a hint; the next change tries again.
        }
        finally
        {
            Interlocked.Exchange(ref _sending, 0);
        }
    }
}
