namespace HumanLoop.Reports;

/// <summary>The one stylesheet of reports and charts: the command line puts it into the page, the web serves it as a file.</summary>
internal static class ReportStyles
{
    /// <summary>Charts alone. Colours that stay apart for people who see few of them (Okabe and Ito 2008), lighter on dark.</summary>
    public const string Charts = """
        :root{--hl-c0:#0072b2;--hl-c1:#d55e00;--hl-c2:#00795a;--hl-c3:#a8467f;--hl-c4:#946200;--hl-c5:#2b7fb0;--hl-rule:#8884}
        @media (prefers-color-scheme:dark){:root{--hl-c0:#5ab4e5;--hl-c1:#ff8a3d;--hl-c2:#35c49a;--hl-c3:#e29cc4;--hl-c4:#f0b840;--hl-c5:#9fd4f2}}
        .hl-plot{display:block;width:100%;height:auto;max-width:800px}
        .hl-plot text{font:11px system-ui,sans-serif;fill:currentColor}
        .hl-grid{stroke:var(--hl-rule)}
        .hl-goal{stroke:currentColor;stroke-dasharray:6 4}
        .hl-line{fill:none;stroke-width:2}.hl-dashed{stroke-dasharray:8 3}.hl-dotted{stroke-dasharray:2 3}
        .hl-c0{--hl-c:var(--hl-c0)}.hl-c1{--hl-c:var(--hl-c1)}.hl-c2{--hl-c:var(--hl-c2)}.hl-c3{--hl-c:var(--hl-c3)}.hl-c4{--hl-c:var(--hl-c4)}.hl-c5{--hl-c:var(--hl-c5)}
        .hl-line{stroke:var(--hl-c)}.hl-mark,.hl-bar{fill:var(--hl-c)}.hl-plot .hl-name{font-size:12px}

        """;

    /// <summary>A report's sections and tables, and its charts.</summary>
    public const string Report = Charts + """
        .hl-report h2{font-size:1.15rem;margin:2rem 0 .5rem}
        .hl-report h3{font-size:1rem;margin:1.25rem 0 .25rem}
        .hl-report p{margin:.5rem 0;max-width:46rem}
        .hl-report figure{margin:1rem 0;overflow-x:auto}
        .hl-report .hl-plot{min-width:30rem}
        .hl-report figcaption{font-size:.9rem;opacity:.8}
        .hl-scroll{overflow-x:auto}
        .hl-report table{border-collapse:collapse;margin:.5rem 0;min-width:60%}
        .hl-report th,.hl-report td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--hl-rule);font-variant-numeric:tabular-nums}
        .hl-report thead th{font-size:.85rem;opacity:.8}
        .hl-advice{border-left:.35rem solid var(--hl-c0);padding:.5rem 1rem;font-size:1.1rem}
        .hl-go-on{border-color:var(--hl-c0)}.hl-hold{border-color:var(--hl-c4)}.hl-stop{border-color:var(--hl-c1)}.hl-expand{border-color:var(--hl-c2)}
        @media print{.hl-report section{break-inside:avoid}.hl-scroll,.hl-report figure{overflow:visible}}

        """;

    /// <summary>A page that holds nothing but a report.</summary>
    public const string Page = """
        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem}

        """ + Report;
}
