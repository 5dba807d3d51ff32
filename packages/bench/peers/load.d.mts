export declare function load(name: string): Promise<any>;
