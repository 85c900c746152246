using System.Globalization;

namespace SupportDesk.Tickets;

/// <summary>What goes into a template's braces.</summary>
internal static class Slots
{
    // All of them singular and with a consonant in front, so that "a", "the" and "is" fit.
    private static readonly string[] s_products =
    [
        "wireless headset", "coffee grinder", "desk lamp", "rain jacket", "running shirt", "kettle", "backpack", "yoga mat",
        "bluetooth speaker", "desk chair", "water bottle", "phone case", "mechanical keyboard", "vacuum cleaner", "toaster",
        "hiking pole", "wool sweater", "radio clock", "baby monitor", "garden hose", "frying pan", "photo frame", "tablet stand",
        "hair dryer", "milk frother", "bike helmet", "suitcase", "picnic blanket", "smart watch", "blender", "camping tent",
        "floor lamp", "bookshelf", "winter coat", "kitchen scale", "deep fryer", "drill", "denim skirt", "mirror", "parasol",
        "power bank", "monitor", "cutting board", "teapot", "roller blind", "duvet", "robot mower", "summer dress", "webcam",
        "rice cooker", "sleeping bag", "tool box", "doormat", "wall clock", "leather belt", "bath towel", "ladder", "juicer",
        "printer", "router", "scooter", "fan heater", "lunch box", "cushion", "laundry basket", "bird feeder", "chess set",
    ];

    private static readonly string[] s_colours =
        ["black", "white", "red", "dark blue", "green", "grey", "yellow", "beige", "silver", "pink", "brown", "navy"];

    private static readonly string[] s_sizes = ["S", "M", "L", "XL", "XXL", "38", "40", "41", "42", "43", "44"];

    private static readonly string[] s_people =
    [
        "Anna", "Mark", "Priya", "Tom", "Lucia", "Kofi", "Ingrid", "Wei", "Sam", "Fatima", "Jonas", "Maria", "Pawel", "Nora",
        "Hugo", "Elif", "Daniel", "Aiko", "Ruth", "Omar", "Mrs Baker", "Mr Novak", "Dr Lindqvist", "Carla", "Ben",
    ];

    private static readonly string[] s_cities =
        ["Leeds", "Dublin", "Utrecht", "Ghent", "Bristol", "Porto", "Lyon", "Malmo", "Graz", "Cork", "Turin", "Gdansk", "Aarhus"];

    private static readonly string[] s_streets =
        ["Mill Lane", "Station Road", "Park Avenue", "Church Street", "Harbour Road", "Garden Close", "Bridge Street", "Oak Drive"];

    private static readonly string[] s_carriers = ["the courier", "the post", "the driver", "the delivery company", "your carrier"];

    private static readonly string[] s_plans = ["premium", "plus", "basic", "coffee", "family", "pro"];

    private static readonly string[] s_payments = ["credit card", "debit card", "bank transfer", "direct debit", "PayPal"];

    private static readonly string[] s_months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] s_ago =
        ["two weeks ago", "ten days ago", "a week ago", "three weeks ago", "last Monday", "a month ago", "last week", "five days ago"];

    private static readonly string[] s_days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>A value for a slot.</summary>
    public static string Draw(string slot, Random random) => slot switch
    {
        "product" or "product2" => Pick(s_products, random),
        "colour" or "colour2" => Pick(s_colours, random),
        "size" or "size2" => Pick(s_sizes, random),
        "person" => Pick(s_people, random),
        "city" => Pick(s_cities, random),
        "street" => Text($"{random.Next(1, 180)} {Pick(s_streets, random)}"),
        "carrier" => Pick(s_carriers, random),
        "plan" => Pick(s_plans, random),
        "payment" => Pick(s_payments, random),
        "month" => Pick(s_months, random),
        "months" => Pick(["three", "four", "five", "6", "eight", "9", "ten", "14", "18"], random),
        "ago" => Pick(s_ago, random),
        "date" => Date(random),
        "amount" or "amount2" => Amount(random),
        "order" => Order(random),
        "email" => Email(random),
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "No such slot."),
    };

    public static T Pick<T>(IReadOnlyList<T> values, Random random) => values[random.Next(values.Count)];

    private static string Order(Random random)
    {
        var number = random.Next(100_000, 1_000_000);
        return random.Next(4) switch
        {
            0 => Text($"#{number}"),
            1 => Text($"no. {number}"),
            2 => Text($"SD-{number}"),
            _ => Text($"{number}"),
        };
    }

    private static string Date(Random random)
    {
        var day = random.Next(1, 29);
        return random.Next(4) switch
        {
            0 => Text($"{day} {Pick(s_months, random)}"),
            1 => Text($"{Pick(s_months, random)} {day}"),
            2 => Text($"{day:00}/{random.Next(1, 13):00}"),
            _ => Pick(s_days, random),
        };
    }

    private static string Amount(Random random)
    {
        var amount = random.Next(5, 400) + (random.Next(3) == 0 ? 0 : random.Next(1, 100) / 100m);
        return random.Next(3) switch
        {
            0 => Text($"{amount:0.00} EUR"),
            1 => Text($"€{amount:0.##}"),
            _ => Text($"{amount:0.##} euros"),
        };
    }

    private static string Email(Random random)
    {
        var name = Pick(s_people, random).Replace(' ', '.').ToLowerInvariant();
        return Text($"{name}{random.Next(1, 100)}@{Pick(["example.com", "mail.example", "example.org"], random)}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
