namespace HumanLoop.Running;

/// <summary>What this process calls itself in leases: machine, process, and a part that no restart repeats.</summary>
internal sealed class ProcessIdentity
{
    public string Name { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7().ToString("N")[20..]}";
}
