using System.Globalization;
using HumanLoop.Testing;

namespace SupportDesk.Tests;

/// <summary>A file of recorded decisions in a folder of its own.</summary>
internal sealed class RecordedFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-desk-");

    public RecordedFile(IEnumerable<RecordedDecision> decisions)
    {
        Decisions = [.. decisions];
        File.WriteAllLines(
            Name,
            ["id,segment,predicted,confidence,truth", .. Decisions.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id},{one.Segment},{one.Predicted},{one.Confidence?.Value},{one.Truth}"))]);
    }

    public IReadOnlyList<RecordedDecision> Decisions { get; }

    public string Name => Path.Combine(_folder.FullName, "decisions.csv");

    public string Database(int number = 0) => Path.Combine(_folder.FullName, $"{number}.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
