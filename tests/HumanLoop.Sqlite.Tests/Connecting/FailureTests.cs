using Microsoft.Data.Sqlite;

namespace HumanLoop.Sqlite.Tests;

public sealed class FailureTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_locked_by_another_process_is_an_error_that_says_so_and_loses_nothing()
    {
        var store = _folder.Open(new() { BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await store.EnqueueAsync(Work.Review("a"));
        var other = _folder.Connect();
        other.Run("BEGIN IMMEDIATE");
        var failure = await Fails(store, "b");
        Assert.Contains("locked by another process", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(await store.GetAsync("refund", "a"));

        other.Run("ROLLBACK");
        Assert.Null(await store.GetAsync("refund", "b"));
        await store.EnqueueAsync(Work.Review("b"));
    }

    [Fact]
    public async Task A_file_that_is_soon_unlocked_is_waited_for()
    {
        var store = _folder.Open();
        await store.EnqueueAsync(Work.Review("a"));
        var other = _folder.Connect();
        other.Run("BEGIN IMMEDIATE");
        var waiting = store.EnqueueAsync(Work.Review("b"));
        Assert.Null(await store.GetAsync("refund", "b"));
        other.Run("COMMIT");
        await waiting;
    }

    [Fact]
    public async Task A_full_disk_is_an_error_that_says_so_and_loses_nothing()
    {
        var limit = 40;
        var store = _folder.Open(new() { Opened = connection => connection.Run($"PRAGMA max_page_count = {limit}") });
        var recorded = new List<string>();
        StoreException? failure = null;
        for (var i = 0; failure is null; i++)
        {
            try
            {
                await store.EnqueueAsync([.. Enumerable.Range(0, 20).Select(k => Work.Review($"{i}-{k}"))]);
                recorded.AddRange(Enumerable.Range(0, 20).Select(k => $"{i}-{k}"));
            }
            catch (StoreException full)
            {
                failure = full;
            }
        }

        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.Equal(recorded.Count, (await store.ListAsync(new() { Limit = 1_000 })).Items.Count);
        limit = 1_000_000;
        await store.EnqueueAsync(Work.Review("more"));
        Assert.Equal([.. recorded, "more"], (await store.ListAsync(new() { Limit = 1_000 })).Items.Select(item => item.DecisionId.Value));
        Assert.Equal("ok", _folder.Connect().Read("PRAGMA integrity_check")[0]);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(_folder.Path, new string('x', 5_000));
        var failure = await Fails(_folder.Open(), "a");
        Assert.Contains("not a SQLite database", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), await File.ReadAllTextAsync(_folder.Path));
    }

    [Fact]
    public async Task A_damaged_file_is_an_error_that_names_the_mend()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([.. Enumerable.Range(0, 500).Select(i => Work.Review($"{i}"))]);
        await store.DisposeAsync();
        await using (var file = File.OpenWrite(_folder.Path))
        {
            // All but the first page, which holds the schema.
            file.Position = 8_192;
            await file.WriteAsync(Enumerable.Repeat((byte)0xAB, (int)file.Length - 8_192).ToArray());
        }

        var failure = await Fails(_folder.Open(), "a");
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains(".recover", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_only_be_read_can_be_read_and_says_why_it_is_not_written()
    {
        await _folder.Open().EnqueueAsync(Work.Review("a"));
        var store = _folder.Open(more: ";Mode=ReadOnly");
        Assert.NotNull(await store.GetAsync("refund", "a"));
        var failure = await Fails(store, "b");
        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_that_says_so()
    {
        await using var store = new SqliteStore("Data Source=/no/such/folder/reviews.db", new(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<SqliteStore>.Instance);
        var failure = await Fails(store, "a");
        Assert.Contains("folder", failure.Message, StringComparison.Ordinal);
        Assert.IsType<SqliteException>(failure.InnerException);
        await Assert.ThrowsAsync<StoreException>(async () => await store.GetAsync("refund", "a"));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=file:x?mode=memory")]
    public void A_database_in_memory_is_refused_with_the_alternative(string connectionString)
    {
        var failure = Assert.Throws<ArgumentException>(() => SqliteFile.RequireFile(connectionString));
        Assert.Contains("UseInMemory()", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("reviews.db")]
    [InlineData("Data Source=")]
    public void A_connection_string_without_a_file_is_refused_with_an_example(string connectionString)
    {
        var failure = Assert.Throws<ArgumentException>(() => SqliteFile.RequireFile(connectionString));
        Assert.Contains("Data Source=reviews.db", failure.Message, StringComparison.Ordinal);
    }

    private static Task<StoreException> Fails(SqliteStore store, string id) =>
        Assert.ThrowsAsync<StoreException>(async () => await store.EnqueueAsync([Work.Review(id)]));
}
