using System.Globalization;

namespace Invoices;

/// <summary>Scanned invoices, with what the paper says. A # is a smudge.</summary>
internal static class Scans
{
    public static IReadOnlyList<(string Id, string Text, Invoice Truth)> All { get; } =
    [
        Scan("scan-01", "Acme Ltd", "2026-03-02", 41.20m),
        Scan("scan-02", "Brandt", "2026-03-02", 187.40m, total: "187.#0"),
        Scan("scan-03", "Corvo SA", "2026-03-03", 9.99m),
        Scan("scan-04", "Dunn & Co", "2026-03-04", 1250.00m, date: "2026-03-0#"),
        Scan("scan-05", "Elm Press", "2026-03-04", 63.10m),
        Scan("scan-06", "Ferro", "2026-03-05", 310.00m, supplier: "F#rro"),
        Scan("scan-07", "Gold GmbH", "2026-03-05", 78.00m),
        Scan("scan-08", "Hoya", "2026-03-06", 15.50m, total: "15.5#"),
        Scan("scan-09", "Iris Ltd", "2026-03-06", 640.00m),
        Scan("scan-10", "Jansen", "2026-03-09", 22.00m),
    ];

    private static (string Id, string Text, Invoice Truth) Scan(string id, string name, string day, decimal amount, string? supplier = null, string? date = null, string? total = null) =>
        (id, string.Create(CultureInfo.InvariantCulture, $"Supplier: {supplier ?? name}\nDate: {date ?? day}\nTotal: {total ?? $"{amount:0.00}"}"), new(name, day, amount));
}
