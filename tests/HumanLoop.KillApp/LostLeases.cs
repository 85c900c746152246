using Microsoft.Extensions.Logging;

namespace HumanLoop.KillApp;

/// <summary>Says when the library was told that somebody else took its work over.</summary>
internal sealed class LostLeases(Action<string> say) : ILoggerProvider, ILogger
{
    private const int TakenOver = 23;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == TakenOver)
        {
            say("taken over");
        }
    }

    public void Dispose()
    {
    }
}
