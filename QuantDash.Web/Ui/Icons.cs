namespace QuantDash.Web.Ui;

public enum IconName
{
    Overview, Market, Positions, Lock, Unlock, System, Sun, Moon, Palette, Warning, Info, Check, Close, ChevronDown, ChevronRight,
    Edit, Copy, Trash, Play, Pause, Plus, Bolt, Clock, Chart, Table, User, Leave, Inbox, Feed, Menu, Bridge, Stop, Account,
}

/// <summary>Outline paths on a 24 × 24 grid, drawn by <see cref="Icon"/> in the colour of the text around.</summary>
public static class Icons
{
    public static string Path(IconName name) => name switch
    {
        IconName.Overview => "M4 19V5M4 19h16M8 15l3.5-4.5 3 2.5L20 7",
        IconName.Market => "M7 4v3m0 8v5M5 7h4v8H5zM17 4v6m0 7v3m-2-10h4v7h-4z",
        IconName.Positions => "M12 4 3.5 8.5 12 13l8.5-4.5zM3.5 12.5 12 17l8.5-4.5M3.5 16.5 12 21l8.5-4.5",
        IconName.Lock => "M8 11V8a4 4 0 0 1 8 0v3M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM12 14.5v2",
        IconName.Unlock => "M8 11V8a4 4 0 0 1 7.7-1.5M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM12 14.5v2",
        IconName.System => "M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.01M7.5 16h.01M11 8h5M11 16h5",
        IconName.Sun => "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
        IconName.Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
        IconName.Palette => "M8 20V6M4.5 9.5 8 6l3.5 3.5M16 4v14M12.5 14.5 16 18l3.5-3.5",
        IconName.Warning => "M12 4 2.8 19.500h18.400zM12 10v4.500M12 17v.01",
        IconName.Info => "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5M12 8v.01",
        IconName.Check => "M5 12.500l4.5 4.500L19 7.5",
        IconName.Close => "M6 6l12 12M18 6 6 18",
        IconName.ChevronDown => "M6 9.500l6 6 6-6",
        IconName.ChevronRight => "M9.5 6l6 6-6 6",
        IconName.Edit => "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
        IconName.Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
        IconName.Trash => "M4 7h16M9.5 7V4.500h5V7M6.5 7l1 13h9l1-13M10 11v5.500M14 11v5.5",
        IconName.Play => "M8 5.500v13l10.5-6.500z",
        IconName.Pause => "M8.5 5.500v13M15.5 5.500v13",
        IconName.Plus => "M12 5v14M5 12h14",
        IconName.Bolt => "M13 3 5 13.500h6L10.5 21 19 10.500h-6z",
        IconName.Clock => "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.500V12l3 2",
        IconName.Chart => "M4 4v16h16M8 15v2M12 11v6M16 7v10",
        IconName.Table => "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
        IconName.Account => "M4 7.500h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 7.500V6.5a2 2 0 0 1 2-2h9v3M16 13.500h.01",
        IconName.User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.5 3.8-5 7.5-5s6.7 1.5 7.5 5",
        IconName.Leave => "M14 4H6v16h8M10.5 12H21M17.5 8.5 21 12l-3.5 3.5",
        IconName.Inbox => "M4 13 6.5 5h11L20 13v6H4zM4 13h5l1.5 2.500h3L15 13h5",
        IconName.Feed => "M4 12h3.500l2.5-6 4 12 2.5-6H20",
        IconName.Bridge => "M3 18V9m18 9V9M3 9c6 6 12 6 18 0M2 14.500h20M9 13.500v5M15 13.500v5",
        IconName.Stop => "M8.5 3.500h7l5 5v7l-5 5h-7l-5-5v-7zM9 9l6 6M15 9l-6 6",
        IconName.Menu => "M4 7h16M4 12h16M4 17h16",
    };
}
