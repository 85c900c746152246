namespace Invoices;

/// <summary>What is to be read from a scan.</summary>
internal sealed record Invoice(string Supplier, string Date, decimal Total);
