using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Tests.Journey;

/// <summary>Every line that was logged at any level, with everything that a provider could make of it.</summary>
internal sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyList<Line> Lines => [.. _lines];

    public IReadOnlyList<int> Ids => [.. _lines.Select(line => line.Id.Id)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>One line; <see cref="Everything"/> is text, state and exception as one text.</summary>
    internal sealed record Line(string Category, LogLevel Level, EventId Id, string Text, string Everything);

    private sealed class Logger(CollectedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            log._lines.Enqueue(new(category, LogLevel.Trace, default, "scope", state.ToString() ?? ""));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            log._lines.Enqueue(new(category, logLevel, eventId, text, $"{text} {values} {exception}"));
        }
    }
}
