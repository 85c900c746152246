using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder and on a free loopback port.</summary>
public sealed class PostgresCluster : IDisposable
{
    private static readonly string[] Programs = ["initdb", "pg_ctl", "pg_basebackup"];
    private static readonly string? Binaries = FindBinaries();

    // A server refuses to run as root.
    private static readonly bool IsRoot = !OperatingSystem.IsWindows() && Environment.UserName == "root";

    private readonly DirectoryInfo _root;
    private bool _isRunning;
    private int[] _frozen = [];

    private PostgresCluster(DirectoryInfo root, int port)
    {
        _root = root;
        Port = port;
    }

    /// <summary>Why there can be none here; <see langword="null"/> where there can.</summary>
    public static string? WhyNot { get; } = Binaries is null ? "PostgreSQL's initdb and pg_ctl are not installed (Debian and Ubuntu: apt-get install postgresql)." : null;

    public int Port { get; }

    private string Data => Path.Combine(_root.FullName, "data");

    public static PostgresCluster Start(params string[] settings)
    {
        var cluster = Prepare();
        Run("initdb", "-D", cluster.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync");
        cluster.Configure([$"port = {cluster.Port}", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "max_connections = 200", "wal_level = replica", "max_wal_senders = 5", "hot_standby = on", .. settings]);
        cluster.Start();
        return cluster;
    }

    /// <summary>A standby that follows another server, under a name that the primary can wait for.</summary>
    public static PostgresCluster Follow(PostgresCluster primary, string name)
    {
        ArgumentNullException.ThrowIfNull(primary);
        var cluster = Prepare();
        Run("pg_basebackup", "-D", cluster.Data, "-R", "-X", "stream", "-c", "fast", "-C", "-S", $"slot_{name}", "-d", $"host=127.0.0.1 port={primary.Port} user=postgres application_name={name}");
        cluster.Configure([$"port = {cluster.Port}", "wal_retrieve_retry_interval = '200ms'"]); // else a promotion may wait 5 s for a primary that is gone
        cluster.Start();
        return cluster;
    }

    public string ConnectionString(string database = "postgres", string more = "") =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Timeout=5;Include Error Detail=true{more}";

    public void Configure(params IEnumerable<string> settings) => File.AppendAllLines(Path.Combine(Data, "postgresql.conf"), settings);

    public void Start()
    {
        Run("pg_ctl", "-D", Data, "-l", Path.Combine(_root.FullName, "log"), "-w", "-t", "60", "start");
        _isRunning = true;
    }

    /// <summary>Ends the server as the loss of its machine would, and does not wait for anybody to notice.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(Postmaster());
        process.Kill();
        _isRunning = false;
    }

    /// <summary>Stops the server as a machine that hangs would: its connections stay open, and nobody answers.</summary>
    public void Freeze()
    {
        var postmaster = Postmaster();
        var children = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children");
        _frozen = [postmaster, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        Execute("kill", ["-STOP", .. _frozen.Select(process => $"{process}")]);
        _isRunning = false;
    }

    /// <summary>Starts again what was killed, once its processes have seen that they are alone.</summary>
    public void StartAgain()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Start();
                return;
            }
            catch (InvalidOperationException) when (attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    public void Promote() => Run("pg_ctl", "-D", Data, "-w", "promote");

    public void Execute(string sql, string database = "postgres")
    {
        using var source = NpgsqlDataSource.Create(ConnectionString(database, ";Pooling=false"));
        using var command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    public object? Ask(string sql, string database = "postgres")
    {
        using var source = NpgsqlDataSource.Create(ConnectionString(database, ";Pooling=false"));
        using var command = source.CreateCommand(sql);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        if (_isRunning)
        {
            Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            _isRunning = false;
        }

        if (_frozen.Length > 0)
        {
            Execute("kill", ["-KILL", .. _frozen.Select(process => $"{process}")]);
        }

        _root.Delete(recursive: true);
    }

    private int Postmaster() => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static PostgresCluster Prepare()
    {
        var root = Directory.CreateTempSubdirectory("humanloop-pg-");
        var cluster = new PostgresCluster(root, FreePort());
        if (IsRoot)
        {
            Execute("chown", "postgres", root.FullName);
        }

        return cluster;
    }

    private static string? FindBinaries()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            // Debian keeps them off the path, and may have links to some of them on it.
            folders = Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin")).Concat(folders);
        }

        return folders.FirstOrDefault(folder => Programs.All(program => File.Exists(Path.Combine(folder, program))));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Binaries!, program), .. arguments];
        if (IsRoot)
        {
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        Execute(command[0], command[1..]);
    }

    /// <summary>The server that a program starts inherits its output, so nobody waits for the output's end.</summary>
    private static void Execute(string program, params string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            var line = string.Join(' ', arguments.Prepend(program).Select(part => $"'{part}'"));
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{line} >'{output}' 2>&1 </dev/null"]) { WorkingDirectory = "/" })!;
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{line} ended with {process.ExitCode}: {File.ReadAllText(output)}");
            }
        }
        finally
        {
            File.Delete(output);
        }
    }
}
