namespace HumanLoop.KillApp;

/// <summary>What a handler does between its effect and its return.</summary>
public sealed class ActPause(Func<string, Task>? after = null)
{
    public Task AfterAsync(string key) => after?.Invoke(key) ?? Task.CompletedTask;
}
